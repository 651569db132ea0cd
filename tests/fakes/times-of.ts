/** Event times (seconds since the epoch) of `rows` rows, spread evenly over `days` days. */
export function timesOf(rows: number, days: number): Float64Array {
  return Float64Array.from({ length: rows }, (_, row) => Math.floor((row * days * 86_400) / rows));
}
