/** A rule across keys that a definition breaks: where, what, and what to write instead. */
export interface Finding {
  readonly path: readonly (string | number)[];
  readonly message: string;
  readonly hint: string;
}
