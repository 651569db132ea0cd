/** What a person may ask in a comment. `model` is null when the comment's issue says which model is meant. */
export type Command =
  | { readonly kind: 'status'; readonly model: string | null }
  | { readonly kind: 'retrain'; readonly model: string | null }
  | { readonly kind: 'explain'; readonly decision: string }
  | { readonly kind: 'unknown'; readonly line: string; readonly hint: string | null };
