import type { ColumnSheet } from '../../schema/drift-sheet.ts';
import { phraseQuantity, phraseVerb } from '../../schema/phrase-number.ts';
import { measureColumn } from './column-sheet.ts';
import { type ComparedColumn, type ComparedTable, rowsOf } from './compared-table.ts';
import { countedPair, LARGEST_NUMBER } from './counted-pair.ts';
import type { SheetTask } from './drift-sheet.ts';
import { guardValues } from './guard-values.ts';
import { pairColumn } from './pair-columns.ts';
import { textSheet } from './text-sheet.ts';

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

function infiniteNote(sides: readonly ComparedColumn[]): string[] {
  const infinite = sides.flatMap((side) =>
    side.kind === 'numeric' ? [side.values.filter((value) => Math.abs(value) > LARGEST_NUMBER).length] : [],
  );
  const count = infinite.reduce((sum, each) => sum + each, 0);
  if (count === 0) return [];
  const isInfinite = sides.every((side) => side.kind !== 'numeric' || side.values.every((value) => !isHuge(value)));
  return [
    isInfinite
      ? `${phraseQuantity(count, 'infinite value')} ${phraseVerb(count, 'counts', 'count')} as missing`
      : `${phraseQuantity(count, 'value')} that ${phraseVerb(count, 'is', 'are')} infinite or beyond 1e150 ${phraseVerb(count, 'counts', 'count')} as missing`,
  ];
}

function isHuge(value: number): boolean {
  return Number.isFinite(value) && Math.abs(value) > LARGEST_NUMBER;
}

/** A column with its figures; `no-drift` until all columns are known. */
export function measuredSheet(name: string, task: SheetTask): ColumnSheet {
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
    return {
      ...base,
      kind,
      verdict: 'insufficient-data',
      why: `${phraseQuantity(fewest, 'row')} in ${side}; a verdict needs ${rule.minimumRows}`,
    };
  }
  const counted = countedPair(sides, terms);
  const { decidedBy, ...measured } = measureColumn(counted, rule, isAsked || task.only === null ? task.detail : 'brief');
  const evidence = { test: decidedBy.id, pValue: decidedBy.pValue ?? 1, qValue: null };
  const folded = counted.counted.unseenFolded && (counted.counted.unseen ?? 0) > 0 ? [FOLDED_NOTE] : [];
  const sheet: ColumnSheet = {
    ...base,
    kind,
    ...guardValues(measured, terms),
    evidence,
    notes: [...notes, ...folded, ...infiniteNote(sides)],
  };
  const judged =
    kind === 'text' ? textSheet(sheet, { sides, terms, ids: [reference.ids ?? null, current.ids ?? null], limits: task.words }) : sheet;
  return terms.leftOut === null ? judged : { ...judged, verdict: 'left-out', why: terms.leftOut };
}
