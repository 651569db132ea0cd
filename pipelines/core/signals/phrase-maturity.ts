import type { Maturity } from '../profile/maturity.ts';
import { phraseQuantity } from '../schema/phrase-number.ts';
import { percent } from './phrase-figures.ts';
import type { RealisedHistory } from './signal-of.ts';

/** From here on nothing is said of labels that are still to come. */
const NEARLY_ALL = 0.995;
/** Smaller differences of the share of positives are not worth a word. */
const SMALLEST_BIAS = 0.002;

/** Which labels are still to come, and which way that bends the figures; empty where nearly all are in. */
export function phraseMaturity({ waiting, newest, pooled }: RealisedHistory): string {
  if (pooled === null)
    return ` None of ${phraseQuantity(waiting, 'window')} is mature: ${percent(newest.share)} of the labels of the newest may be expected to be in.`;
  const late =
    pooled.share >= NEARLY_ALL
      ? ''
      : ` ${percent(pooled.share)} of the labels of these rows may be expected to be in${phraseBias(pooled)}.`;
  const out =
    waiting === 0
      ? ''
      : ` Left out until their labels are mature: ${phraseQuantity(waiting, 'newer window')} (of the newest, ${percent(newest.share)} of the labels may be in).`;
  return `${late}${out}`;
}

/** Positives that come sooner or later than negatives make the labels that are in an unfair sample. */
export function phraseBias({ excessPositives }: Maturity): string {
  if (excessPositives === null || Math.abs(excessPositives) < SMALLEST_BIAS) return '';
  const points = (100 * Math.abs(excessPositives)).toFixed(1);
  return excessPositives > 0
    ? `; positives come sooner, so their share is about ${points} points too high`
    : `; positives come later, so their share is about ${points} points too low`;
}
