import type { Signal } from '../schema/signal.ts';
import { excessOf } from './incident-groups.ts';

/** A column that explains less than this share of the drop that drift explains is listed, and not told. */
const SHARE_OF_DROP = 0.2;
/** Where no share is known, a statement must lie this many thresholds beyond its own. */
const THRESHOLDS_BEYOND = 1;

/** Whether a statement that joins an incident which goes on deserves a comment. All others appear in the text of the issue, which is edited quietly. */
export function isWorthTelling(signal: Signal): boolean {
  const share = signal.impact?.shareOfDrop ?? null;
  return share === null ? excessOf(signal) >= THRESHOLDS_BEYOND : share >= SHARE_OF_DROP;
}
