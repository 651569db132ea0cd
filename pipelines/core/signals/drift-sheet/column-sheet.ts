import type { ColumnSheet, SheetClass, SheetDistance, SheetRule, SheetTest } from '../../schema/drift-sheet.ts';
import { lInfinity } from '../../statistics/distances/l-infinity.ts';
import { linearQuantile } from '../../statistics/distances/linear-quantile.ts';
import { mergeSmallClasses } from '../../statistics/hypotheses/merge-small-classes.ts';
import { clopperPearson } from '../../statistics/intervals/clopper-pearson.ts';
import { driftEffect } from '../drift-measure.ts';
import { classDistances } from './class-distances.ts';
import { classTests } from './class-tests.ts';
import { columnEvidence, missingShare } from './column-evidence.ts';
import { type CountedClasses, toldClasses } from './count-classes.ts';
import type { CountedPair } from './counted-pair.ts';
import { numberDistances, numberSummary, winsorisedShift } from './number-measures.ts';
import { numberTests } from './number-tests.ts';

/** What a column measures; the verdict needs all columns. */
export type MeasuredColumn = Pick<
  ColumnSheet,
  'missing' | 'unseen' | 'effect' | 'mover' | 'medians' | 'classes' | 'distances' | 'tests' | 'summaries'
> & { readonly decidedBy: SheetTest };

/** How much of a column is asked for: `brief` leaves out what only its own page shows. */
export type SheetDetail = 'brief' | 'full';

/** Measures one column whose sides both hold rows. */
export function measureColumn(pair: CountedPair, rule: SheetRule, detail: SheetDetail): MeasuredColumn {
  const { counted } = pair;
  const decidedBy = columnEvidence(pair);
  const { effect, limit } = driftEffect(mergeSmallClasses(counted), rule);
  const largest = lInfinity(counted.reference, counted.current);
  const tests = detail === 'full' ? allTests(pair) : [];
  return {
    missing: missingShare(pair),
    unseen: unseenShare(pair),
    effect: { id: rule.method, value: effect, limit },
    mover: largest.value === 0 ? null : classAt(counted, largest.index),
    medians: mediansOf(pair),
    classes: toldClasses(counted),
    distances: [...classDistances(counted, rule), ...numbersMoved(pair, detail)],
    tests: [decidedBy, ...tests.filter(({ id }) => id !== decidedBy.id)],
    summaries: summariesOf(pair, detail),
    decidedBy,
  };
}

function numbersMoved({ numbers }: CountedPair, detail: SheetDetail): SheetDistance[] {
  if (numbers === null || numbers.reference.length === 0 || numbers.current.length === 0) return [];
  if (detail === 'full') return numberDistances(numbers);
  return [{ id: 'wassersteinWinsorised', value: winsorisedShift(numbers), use: 'report' }];
}

function allTests({ counted, numbers }: CountedPair): SheetTest[] {
  const ofClasses = classTests(counted);
  if (numbers === null || numbers.reference.length === 0 || numbers.current.length === 0) return ofClasses;
  return [...numberTests(numbers), ...ofClasses];
}

function summariesOf({ numbers }: CountedPair, detail: SheetDetail): ColumnSheet['summaries'] {
  if (detail === 'brief' || numbers === null || numbers.reference.length === 0 || numbers.current.length === 0) return null;
  return { reference: numberSummary(numbers.reference), current: numberSummary(numbers.current) };
}

function mediansOf({ numbers }: CountedPair): ColumnSheet['medians'] {
  if (numbers === null || numbers.reference.length === 0 || numbers.current.length === 0) return null;
  return { reference: linearQuantile(numbers.reference, 0.5), current: linearQuantile(numbers.current, 0.5) };
}

/** The share of current rows whose value the reference never held; exact, because it is often next to none (Clopper and Pearson). */
function unseenShare({ counted, missing }: CountedPair): ColumnSheet['unseen'] {
  const { unseen, current } = counted;
  const rows = current.reduce((sum, count) => sum + count, 0) - missing.current;
  if (unseen === null || rows === 0) return null;
  return { reference: 0, current: unseen / rows, interval: clopperPearson(unseen, rows), pValue: null };
}

function classAt({ labels, reference, current }: CountedClasses, index: number): SheetClass {
  return { label: labels[index] ?? '', reference: reference[index] ?? 0, current: current[index] ?? 0 };
}
