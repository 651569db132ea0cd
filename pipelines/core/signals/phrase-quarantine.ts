import type { QuarantineCounts, QuarantineReason } from '../schema/quarantine.ts';
import { figure } from './phrase-figures.ts';

/** What is wrong with rows of each reason, so that a reader knows where to look. */
const MEANING: Readonly<Record<QuarantineReason, string>> = {
  'unreadable-line': 'not UTF-8, cut short, or with more or fewer fields than the header',
  'missing-id': 'the id is empty',
  'duplicate-id': 'the same id came before on the same day',
  'bad-timestamp': 'the time is empty or cannot be read',
  'past-timestamp': 'dated years before all other rows, as by a clock that was reset',
  'future-timestamp': 'dated years after all other rows, as by a clock that is wrong',
  'bad-score': 'the score is not one that the task allows',
  'bad-prediction': 'the called class is none of labels.classes',
  'bad-label': 'the text is no label of model.yml',
  'label-without-prediction': 'no prediction has the id of the label',
  'label-before-prediction': 'the label is older than its prediction',
};

/** Rows that were set aside, by reason, most first, each with what it means: `duplicate-id 7 (the same id came before on the same day)`. */
export function phraseQuarantine(counts: QuarantineCounts): string {
  return reasonsOf(counts)
    .map(([reason, rows]) => `${reason} ${figure(rows)} (${MEANING[reason]})`)
    .join(', ');
}

/** Rows that were set aside for any reason. */
export function quarantinedRows(counts: QuarantineCounts): number {
  return reasonsOf(counts).reduce((sum, [, rows]) => sum + rows, 0);
}

function reasonsOf(counts: QuarantineCounts): [QuarantineReason, number][] {
  const reasons = Object.entries(counts) as [QuarantineReason, number][];
  return reasons.sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
}
