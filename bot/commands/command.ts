/** What a person may ask in a comment. `model` is null when the comment's issue says which model is meant. */
export type Command =
  | { readonly kind: 'status'; readonly model: string | null }
  | { readonly kind: 'retrain'; readonly model: string | null }
  /** Of the issue that the comment stands under. */
  | { readonly kind: 'acknowledge' }
  | { readonly kind: 'snooze'; readonly seconds: number }
  | { readonly kind: 'explain'; readonly decision: string }
  | { readonly kind: 'unknown'; readonly line: string; readonly hint: string | null };
