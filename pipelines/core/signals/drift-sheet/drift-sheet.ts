import { type ColumnSheet, type DriftSheet, type SheetRule, SheetVerdict } from '../../schema/drift-sheet.ts';
import { adjustPValues } from '../../statistics/hypotheses/adjust-p-values.ts';
import type { SheetDetail } from './column-sheet.ts';
import type { ColumnTerms, ComparedTable } from './compared-table.ts';
import { judgeColumn } from './judge-column.ts';
import { measuredSheet } from './measured-sheet.ts';
import { columnNames } from './pair-columns.ts';
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

/** What matters first. */
const RANK = SheetVerdict.options;

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
