import type { ColumnSheet, SheetClass, SheetRule } from '../../schema/drift-sheet.ts';
import { figure, percent, probability } from '../phrase-figures.ts';

/** The verdict of a measured column, in a word and a sentence; columns that have one already keep it. `qValue`: adjusted p value; null: not in the family. */
export function judgeColumn(sheet: ColumnSheet, qValue: number | null, rule: SheetRule): ColumnSheet {
  const { effect, evidence, verdict } = sheet;
  if (verdict !== 'no-drift' || effect === null || evidence === null || qValue === null) return sheet;
  const judged = { ...sheet, evidence: { ...evidence, qValue } };
  const isEvident = qValue <= rule.falseDiscoveryRate;
  const isLarge = effect.value >= effect.limit;
  if (isEvident && isLarge) return { ...judged, verdict: 'drifted', why: moved(sheet) };
  if (isEvident) return { ...judged, why: `real, but below the limit of ${figure(effect.limit)}` };
  if (sheet.classes.length < 2) return { ...judged, why: whyOneClass(sheet) };
  return { ...judged, why: `no more than chance gives (q ${probability(qValue).replace(/^p /, '')})` };
}

/** Values that are all rare share one class, and then only values that the reference never held can be seen to have come. */
function whyOneClass({ classes }: ColumnSheet): string {
  if (classes[0]?.label === '(missing)') return 'no value on either side';
  if (classes[0]?.label !== '(other)') return 'one value only, the same on both sides';
  return 'every value is too rare to have a class of its own, so their shares cannot be compared';
}

/** Which class moved most; for texts, which words came up. */
function moved({ mover, kind, rows, effect, classes, medians }: ColumnSheet): string {
  if (kind === 'text' && effect?.id === 'outOfVocabulary') {
    return `${percent(effect.value)} more of its words are unknown to the reference`;
  }
  if (kind === 'text' && effect?.id === 'textArea') {
    return `a classifier tells its texts apart (area ${figure(effect.value)}, where ${figure(effect.limit)} is the limit)`;
  }
  const middle =
    medians === null || medians.reference === medians.current ? '' : `median ${figure(medians.reference)} → ${figure(medians.current)}; `;
  if (mover === null) return classes.length < 2 ? 'one value only' : 'its shares have not moved';
  return `${middle}${named(mover, kind)} went from ${percent(share(mover.reference, rows.reference))} to ${percent(share(mover.current, rows.current))} of the rows`;
}

function named({ label }: SheetClass, kind: ColumnSheet['kind']): string {
  return kind === 'categorical' && !label.startsWith('(') ? `"${label}"` : label;
}

function share(rows: number, of: number): number {
  return of === 0 ? 0 : rows / of;
}
