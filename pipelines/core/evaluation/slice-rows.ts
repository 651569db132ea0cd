import type { RowTable } from '../schema/row-table.ts';
import type { SliceCondition, SliceDefinition } from '../schema/slice-definition.ts';

/** Positions of the rows that meet every condition of a slice. A missing value meets none. */
export function sliceRows({ where }: Pick<SliceDefinition, 'where'>, table: RowTable): number[] {
  const tests = Object.entries(where).map(([column, condition]) => testOf(column, condition, table));
  return table.ids.flatMap((_, row) => (tests.every((holds) => holds(row)) ? [row] : []));
}

function testOf(column: string, condition: SliceCondition, table: RowTable): (row: number) => boolean {
  const numbers = table.numeric[column];
  if (numbers !== undefined) {
    const holds = numberTest(condition);
    return (row) => holds(numbers[row] ?? Number.NaN);
  }
  const values = table.categorical[column];
  if (values === undefined || isRange(condition)) return () => false;
  const wanted = new Set((Array.isArray(condition) ? condition : [condition]).map(String));
  return (row) => wanted.has(values[row] ?? '') && values[row] !== null;
}

function numberTest(condition: SliceCondition): (value: number) => boolean {
  if (isRange(condition)) {
    const { atLeast = Number.NEGATIVE_INFINITY, below = Number.POSITIVE_INFINITY } = condition;
    return (value) => value >= atLeast && value < below;
  }
  const wanted = new Set((Array.isArray(condition) ? condition : [condition]).map(Number));
  return (value) => wanted.has(value);
}

function isRange(condition: SliceCondition): condition is Extract<SliceCondition, { atLeast?: number | undefined }> {
  return typeof condition === 'object' && !Array.isArray(condition);
}
