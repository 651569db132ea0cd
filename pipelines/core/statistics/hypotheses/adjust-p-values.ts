import { benjaminiHochberg } from './benjamini-hochberg.ts';

/**
 * How a family of p values is corrected. `bonferroni`, `sidak`, `holm` and `hochberg` bound the chance of any false rejection, the two Benjaminis the
 * expected share of false rejections; `sidak` and `hochberg` need independent or positively dependent tests, as `benjaminiHochberg` does.
 */
export type Adjustment = 'bonferroni' | 'sidak' | 'holm' | 'hochberg' | 'benjaminiHochberg' | 'benjaminiYekutieli';

/**
 * Adjusted p values of a family, in the order given: rejecting those at or below a level keeps the error of the method at that level.
 *
 * Bonferroni: p · m. Šidák: 1 − (1 − p)^m. Holm: the running maximum of p₍ᵢ₎ · (m − i + 1). Hochberg: the running minimum of the same from the largest
 * on. Benjamini-Yekutieli: Benjamini-Hochberg times 1 + 1/2 + … + 1/m, for any dependence (2001, https://doi.org/10.1214/aos/1013699998). All at most
 * 1; agreed with statsmodels. One family only, never repeated looks over time. O(n · log n).
 *
 * @example adjustPValues([0.01, 0.04, 0.03], 'holm'); // => [0.03, 0.06, 0.06]
 */
export function adjustPValues(pValues: readonly number[], method: Adjustment): number[] {
  const tests = pValues.length;
  switch (method) {
    case 'bonferroni':
      return pValues.map((p) => Math.min(1, p * tests));
    case 'sidak':
      // expm1 and log1p: 1 − (1 − p)^m would lose every digit of a small p.
      return pValues.map((p) => -Math.expm1(tests * Math.log1p(-p)));
    case 'holm':
      return stepwise(pValues, { direction: 1, better: Math.max });
    case 'hochberg':
      return stepwise(pValues, { direction: -1, better: Math.min });
    case 'benjaminiHochberg':
      return benjaminiHochberg(pValues);
    case 'benjaminiYekutieli': {
      const harmonic = pValues.reduce((sum, _, index) => sum + 1 / (index + 1), 0);
      return benjaminiHochberg(pValues).map((p) => Math.min(1, p * harmonic));
    }
  }
}

interface Step {
  readonly direction: 1 | -1;
  readonly better: (a: number, b: number) => number;
}

/** Each p value times the number of tests that are not smaller, made monotone from one end. */
function stepwise(pValues: readonly number[], { direction, better }: Step): number[] {
  const ascending = pValues.map((_, index) => index).sort((a, b) => (pValues[a] ?? 0) - (pValues[b] ?? 0));
  const scaled = ascending.map((index, place) => ({ index, value: Math.min(1, (pValues[index] ?? 1) * (pValues.length - place)) }));
  const adjusted = new Array<number>(pValues.length).fill(1);
  let running = direction === 1 ? 0 : 1;
  for (const { index, value } of direction === 1 ? scaled : scaled.toReversed()) {
    running = better(running, value);
    adjusted[index] = running;
  }
  return adjusted;
}
