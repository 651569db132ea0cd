import type { ModelDefinition } from '../../schema/model-definition.ts';
import type { RowTable } from '../../schema/row-table.ts';
import { PREDICTION_COLUMN, SCORE_COLUMN } from '../../schema/window-profile.ts';
import type { ComparedColumn, ComparedTable } from './compared-table.ts';

/** Rows of a log as one side of a comparison, and whether the log may hold more of them. */
export interface ComparedRows {
  readonly table: ComparedTable;
  readonly isFull: boolean;
}

/** The watched columns of some rows, and what the model said of them (`$score`, and `$prediction` of a multiclass model). */
export function comparedRows(
  definition: ModelDefinition,
  rows: RowTable,
  { name, isFull }: { readonly name: string; readonly isFull: boolean },
): ComparedRows {
  const columns = definition.columns
    .filter(({ role }) => role !== 'ignored')
    .map((column) => [column.name, columnOf(column, rows)] as const);
  const classes = definition.labels.classes ?? [];
  const called: readonly (readonly [string, ComparedColumn])[] =
    definition.task === 'multiclass'
      ? [[PREDICTION_COLUMN, { kind: 'categorical', values: Array.from(rows.predicted, (place) => classes[place] ?? null) }]]
      : [];
  const all = {
    ...Object.fromEntries(columns),
    [SCORE_COLUMN]: { kind: 'numeric' as const, values: rows.scores },
    ...Object.fromEntries(called),
  };
  const size = rows.ids.length;
  return { table: { name, rows: size, of: size, ids: rows.ids, columns: all, notes: {} }, isFull };
}

function columnOf({ name, kind }: ModelDefinition['columns'][number], rows: RowTable): ComparedColumn {
  const empty = { kind: 'empty', rows: rows.ids.length } as const;
  if (kind === 'numeric') {
    const values = rows.numeric[name];
    return values === undefined ? empty : { kind, values };
  }
  const values = kind === 'text' ? rows.texts[name] : rows.categorical[name];
  return values === undefined ? empty : { kind, values };
}
