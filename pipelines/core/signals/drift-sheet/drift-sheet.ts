import type { ColumnSheet, DriftSheet, SheetRule, SheetSummary } from '../../schema/drift-sheet.ts';
import { adjustPValues } from '../../statistics/hypotheses/adjust-p-values.ts';
import { type MeasuredColumn, measureColumn, type SheetDetail } from './column-sheet.ts';
import { type ColumnTerms, type ComparedTable, rowsOf } from './compared-table.ts';
import { countedPair } from './counted-pair.ts';
import { judgeColumn } from './judge-column.ts';
import { columnNames, pairColumn } from './pair-columns.ts';
import { textSheet } from './text-sheet.ts';
import type { WordLimits } from './word-change.ts';

/** What is compared, and by which rule. */
export interface SheetTask {
  readonly model: string | null;
  readonly reference: ComparedTable;
  readonly current: ComparedTable;
  readonly rule: SheetRule;
  readonly detail: SheetDetail;
  /** Only these columns are told, and all that is known of them; null: all. Whichever are told, p values are adjusted over all. */
  readonly only: readonly string[] | null;
  /** How far the words of texts may change. */
  readonly words: WordLimits;
  readonly termsOf: (name: string) => ColumnTerms;
  readonly notes: readonly string[];
}

const RANK: readonly ColumnSheet['verdict'][] = [
  'drifted',
  'kind-changed',
  'only-in-reference',
  'only-in-current',
  'no-drift',
  'insufficient-data',
  'left-out',
];

/**
 * Two samples column by column: what has drifted first, by how far the effect passes its limit. A column has drifted when its p value, adjusted over all columns that
 * were tested, is evidence, **and** its distance reaches the floor (raised by what chance gives), **and** both sides have enough rows. Distances and tests of shares
 * are over classes that the reference fixes. p values take rows to be independent. Pure: the same rows in any order give the same sheet.
 * O(columns · rows · log(rows)).
 */
export function driftSheet(task: SheetTask): DriftSheet {
  const { reference, current, rule } = task;
  const measured = columnNames(reference, current).map((name) => measuredSheet(name, task));
  const family = measured.filter(({ verdict, evidence }) => verdict === 'no-drift' && evidence !== null);
  const adjusted = adjustPValues(
    family.map(({ evidence }) => evidence?.pValue ?? 1),
    rule.adjustment,
  );
  const told = measured.filter(({ name }) => task.only === null || task.only.includes(name));
  const columns = told.map((sheet) => judgeColumn(sheet, adjusted[family.indexOf(sheet)] ?? null, rule));
  return {
    schemaVersion: 1,
    model: task.model,
    reference: { name: reference.name, rows: reference.rows, of: reference.of },
    current: { name: current.name, rows: current.rows, of: current.of },
    rule,
    tested: family.length,
    notes: [...task.notes],
    columns: columns.sort((a, b) => weight(b) - weight(a) || (a.name < b.name ? -1 : 1)),
  };
}

/** Verdicts in their order, and within one the columns whose effect is largest beside its limit. */
function weight({ verdict, effect }: ColumnSheet): number {
  const ratio = effect === null ? 0 : effect.value / effect.limit;
  return (RANK.length - RANK.indexOf(verdict)) * 1e6 + Math.min(ratio, 1e5);
}

/** A column with its figures; `no-drift` until all columns are known. */
function measuredSheet(name: string, task: SheetTask): ColumnSheet {
  const { reference, current, rule } = task;
  const terms = task.termsOf(name);
  const isAsked = task.only?.includes(name) === true;
  const notes = [reference, current].flatMap((side) => (side.notes[name] ?? []).map((note) => `${side.name}: ${note}`));
  const pair = pairColumn(name, reference, current);
  const rows = { reference: rowsIn(reference, name), current: rowsIn(current, name) };
  const base = { ...EMPTY, name, notes, rows };
  const isThere = pair.can === 'compare' || pair.verdict === 'kind-changed';
  if (isThere && terms.leftOut !== null && (!isAsked || pair.can === 'not')) {
    return { ...base, kind: reference.columns[name]?.kind ?? 'empty', verdict: 'left-out', why: terms.leftOut };
  }
  if (pair.can === 'not') {
    const kind = (reference.columns[name] ?? current.columns[name])?.kind ?? 'empty';
    return { ...base, kind, verdict: pair.verdict, why: pair.why };
  }
  const { kind, sides } = pair;
  if (kind === 'empty') return { ...base, kind, verdict: 'no-drift', why: 'no value on either side' };
  const fewest = Math.min(rows.reference, rows.current);
  if (fewest < rule.minimumRows) {
    const side = rows.current < rule.minimumRows ? current.name : reference.name;
    return { ...base, kind, verdict: 'insufficient-data', why: `${fewest} rows in ${side}; a verdict needs ${rule.minimumRows}` };
  }
  const counted = countedPair(sides, terms);
  const { decidedBy, ...measured } = measureColumn(counted, rule, isAsked || task.only === null ? task.detail : 'brief');
  const evidence = { test: decidedBy.id, pValue: decidedBy.pValue ?? 1, qValue: null };
  const folded = counted.counted.unseenFolded && (counted.counted.unseen ?? 0) > 0 ? [FOLDED_NOTE] : [];
  const shown = terms.isPersonal ? withoutValues(measured) : { ...measured, summaries: withoutFew(measured.summaries, terms.fewestRows) };
  const sheet: ColumnSheet = { ...base, kind, ...shown, evidence, notes: [...notes, ...folded] };
  const judged =
    kind === 'text' ? textSheet(sheet, { sides, terms, ids: [reference.ids ?? null, current.ids ?? null], limits: task.words }) : sheet;
  return terms.leftOut === null ? judged : { ...judged, verdict: 'left-out', why: terms.leftOut };
}

/** What tells no value of a personal column: nothing in its unit. */
function withoutValues(measured: Omit<MeasuredColumn, 'decidedBy'>): Omit<MeasuredColumn, 'decidedBy'> {
  const tests = measured.tests.map(({ estimate, interval, ...test }) =>
    test.id === 'welch'
      ? test
      : { ...test, ...(estimate === undefined ? {} : { estimate }), ...(interval === undefined ? {} : { interval }) },
  );
  const distances = measured.distances.filter(({ id }) => id !== 'wasserstein' && id !== 'energy');
  return { ...measured, tests, distances, summaries: null, medians: null };
}

/** Quantiles beyond which so few rows lie that they may tell of one person are left out. */
function withoutFew(summaries: ColumnSheet['summaries'], fewestRows: number): ColumnSheet['summaries'] {
  if (summaries === null || fewestRows <= 1) return summaries;
  const rows = Math.min(summaries.reference.rows, summaries.current.rows);
  const kept = (side: SheetSummary) => ({
    ...side,
    quantiles: side.quantiles.filter(([share]) => Math.min(share, 1 - share) * rows >= fewestRows),
  });
  return { reference: kept(summaries.reference), current: kept(summaries.current) };
}

const FOLDED_NOTE = 'many values came once in the reference, so that new ones are to be expected: they count as (other)';

const EMPTY = {
  verdict: 'no-drift',
  why: '',
  missing: null,
  unseen: null,
  effect: null,
  evidence: null,
  mover: null,
  medians: null,
  classes: [],
  distances: [],
  tests: [],
  summaries: null,
} satisfies Omit<ColumnSheet, 'name' | 'kind' | 'notes' | 'rows'>;

function rowsIn({ columns }: ComparedTable, name: string): number {
  const column = columns[name];
  return column === undefined ? 0 : rowsOf(column);
}
