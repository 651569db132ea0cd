/** Lower and upper bound with the confidence level of both together. */
export interface Bounds {
  readonly lower: number;
  readonly upper: number;
  readonly level: number;
}
