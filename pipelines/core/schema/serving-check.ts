/** Logged answers against those that the version that serves gives for the logged features. */
export interface ServingCheck {
  readonly rows: number;
  readonly mismatched: number;
  /** Of all rows. */
  readonly largest: number;
  /** Whether the log names the version of the rows. */
  readonly versionsNamed: boolean;
  /** Why nothing could be compared; null when something was. */
  readonly problem: string | null;
}
