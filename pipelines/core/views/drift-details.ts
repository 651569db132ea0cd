import type { WindowSummary } from '../schema/model-state.ts';
import type { DriftImpact, Signal } from '../schema/signal.ts';
import { percent } from '../signals/phrase-figures.ts';
import { phraseCount, phraseNumber } from './phrase-number.ts';

/** One drifted column, most costly first. All figures are texts; '–' is not known. */
export interface RankedColumn {
  readonly rank: number;
  readonly column: string;
  readonly distance: string;
  readonly importance: string;
  readonly lossChange: string;
  readonly shareOfDrop: string;
}

/** What one statement about several columns or many words is made of. */
export interface PartTable {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Drift of one window in detail: which column to look at first, which columns differ together, which words burst. */
export interface DriftDetails {
  readonly ranking: readonly RankedColumn[];
  readonly parts: readonly PartTable[];
}

const UNKNOWN = '–';
const MAY_BE_CHANCE = 'cannot be told from chance';

/** The details of a window; empty without one. */
export function driftDetails(window: Pick<WindowSummary, 'signals'> | undefined): DriftDetails {
  const signals = window?.signals ?? [];
  return { ranking: ranking(signals), parts: signals.flatMap((signal) => partTable(signal) ?? []) };
}

function ranking(signals: readonly Signal[]): RankedColumn[] {
  const drifted = signals.flatMap(({ subject, value, impact }) => (impact === undefined ? [] : [{ subject, value, impact }]));
  return drifted
    .sort((a, b) => a.impact.rank - b.impact.rank)
    .map(({ subject, value, impact }) => ({
      rank: impact.rank,
      column: subject,
      distance: value === null ? UNKNOWN : phraseNumber(value, 3),
      importance: impact.importance === null ? UNKNOWN : phraseNumber(impact.importance, 5),
      lossChange: lossChange(impact),
      shareOfDrop: impact.isBeyondChance === false ? MAY_BE_CHANCE : impact.shareOfDrop === null ? UNKNOWN : percent(impact.shareOfDrop),
    }));
}

function lossChange({ lossChange: change, lossError = null }: DriftImpact): string {
  if (change === null) return UNKNOWN;
  return `${phraseNumber(change, 5)}${lossError === null ? '' : ` ± ${phraseNumber(lossError, 5)}`}`;
}

/** The parts of one statement as a table; null when it has none that are worth a table. */
export function partTable({ kind, subject, status, parts = [] }: Signal): PartTable | null {
  if (parts.length === 0) return null;
  if (kind === 'vocabulary') {
    return {
      title: `Words that burst in ${subject}`,
      columns: ['Word', 'Ids in the window', 'Ids in the reference sample', 'Evidence (z)'],
      rows: parts.map(({ name, value, reference, current }) => [
        name,
        countOf(current),
        reference === null ? 'few' : countOf(reference),
        phraseNumber(value, 1),
      ]),
    };
  }
  if (kind !== 'multivariate-drift' || status === 'ok') return null;
  return {
    title: 'Columns that tell the window from the reference',
    columns: ['Column', 'Area lost when it is shuffled'],
    rows: parts.map(({ name, value }) => [name, phraseNumber(value, 3)]),
  };
}

function countOf(rows: number | null): string {
  return rows === null ? UNKNOWN : phraseCount(rows);
}
