import type { SheetRule } from '../../pipelines/core/schema/drift-sheet.ts';
import { MonitoringPolicy } from '../../pipelines/core/schema/monitoring-policy.ts';
import type { ComparedColumn, ComparedTable } from '../../pipelines/core/signals/drift-sheet/compared-table.ts';
import { rowsOf } from '../../pipelines/core/signals/drift-sheet/compared-table.ts';
import { driftSheet, type SheetTask } from '../../pipelines/core/signals/drift-sheet/drift-sheet.ts';

const POLICY = MonitoringPolicy.parse({});

/** The rule that files are compared by. */
export const RULE: SheetRule = {
  method: 'jensenShannon',
  effectFloor: 0.1,
  falseDiscoveryRate: 0.1,
  adjustment: 'benjaminiHochberg',
  minimumRows: 50,
};

/** A side of a comparison from its columns. */
export function tableOf(name: string, columns: Readonly<Record<string, ComparedColumn>>): ComparedTable {
  const rows = Math.max(...Object.values(columns).map(rowsOf), 0);
  return { name, rows, of: rows, columns, notes: {} };
}

/** A column of numbers or of names. */
export function columnOf(values: readonly (number | string | null)[]): ComparedColumn {
  if (values.every((value) => typeof value === 'string' || value === null))
    return { kind: 'categorical', values: values as (string | null)[] };
  return { kind: 'numeric', values: Float64Array.from(values, (value) => (typeof value === 'number' ? value : Number.NaN)) };
}

/** The sheet of two tables under the usual rule. */
export function sheetOf(reference: ComparedTable, current: ComparedTable, given: Partial<SheetTask> = {}) {
  const termsOf = () => ({ leftOut: null, isPersonal: false, fewestRows: 1 });
  return driftSheet({
    model: null,
    reference,
    current,
    rule: RULE,
    detail: 'full',
    only: null,
    words: POLICY,
    termsOf,
    notes: [],
    ...given,
  });
}
