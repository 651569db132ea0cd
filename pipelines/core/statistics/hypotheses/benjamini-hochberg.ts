/**
 * Benjamini-Hochberg adjusted p values, in the order given: reject those at or below q to keep the expected share of false alarms among all
 * alarms at q.
 *
 * Formula: the smallest over all larger-or-equal p values of p · tests / rank, at most 1 (Benjamini and Hochberg 1995,
 * https://doi.org/10.1111/j.2517-6161.1995.tb02031.x). Holds for independent and positively dependent tests. It controls one family, not repeated looks
 * over time. O(n · log n).
 *
 * @example benjaminiHochberg([0.01, 0.04, 0.03]); // => [0.03, 0.04, 0.04]
 */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
  const order = pValues.map((_, index) => index).sort((a, b) => (pValues[b] ?? 0) - (pValues[a] ?? 0));
  const adjusted = new Array<number>(pValues.length).fill(1);
  let smallest = 1;
  for (const [place, index] of order.entries()) {
    smallest = Math.min(smallest, ((pValues[index] ?? 1) * pValues.length) / (pValues.length - place));
    adjusted[index] = smallest;
  }
  return adjusted;
}
