import { type ComparedColumn, type ComparedTable, rowsOf } from './compared-table.ts';

/** A column of both sides as one kind, or why it cannot be compared. */
export type PairedColumn =
  | { readonly can: 'compare'; readonly kind: ComparedColumn['kind']; readonly sides: readonly [ComparedColumn, ComparedColumn] }
  | { readonly can: 'not'; readonly verdict: 'kind-changed' | 'only-in-reference' | 'only-in-current'; readonly why: string };

const WORDS = { numeric: 'numbers', categorical: 'categories', text: 'texts', time: 'times', empty: 'nothing' } as const;

/** Every column of either side, those of the reference first and in its order. */
export function columnNames(reference: ComparedTable, current: ComparedTable): string[] {
  return [...new Set([...Object.keys(reference.columns), ...Object.keys(current.columns)])];
}

/** Brings the two sides of a column to one kind: a side without a value takes that of the other, categories and texts are read as texts. */
export function pairColumn(name: string, reference: ComparedTable, current: ComparedTable): PairedColumn {
  const [before, now] = [reference.columns[name], current.columns[name]];
  if (before === undefined || now === undefined) {
    const [verdict, holder] = now === undefined ? (['only-in-reference', reference] as const) : (['only-in-current', current] as const);
    return { can: 'not', verdict, why: `only ${holder.name} has this column` };
  }
  if (before.kind === now.kind) return { can: 'compare', kind: before.kind, sides: [before, now] };
  if (before.kind === 'empty') return { can: 'compare', kind: now.kind, sides: [filledAs(now, before), now] };
  if (now.kind === 'empty') return { can: 'compare', kind: before.kind, sides: [before, filledAs(before, now)] };
  const isName = ({ kind }: ComparedColumn) => kind === 'categorical' || kind === 'text';
  if (isName(before) && isName(now))
    return { can: 'compare', kind: before.kind, sides: [before, { ...now, kind: before.kind } as ComparedColumn] };
  const why = `${WORDS[before.kind]} in ${reference.name}${exampleOf(before)}, ${WORDS[now.kind]} in ${current.name}${exampleOf(now)}`;
  return { can: 'not', verdict: 'kind-changed', why };
}

function filledAs({ kind }: ComparedColumn, empty: ComparedColumn): ComparedColumn {
  if (kind === 'numeric' || kind === 'time') return { kind, values: new Float64Array(rowsOf(empty)).fill(Number.NaN) };
  return kind === 'empty' ? empty : { kind, values: new Array<null>(rowsOf(empty)).fill(null) };
}

function exampleOf(column: ComparedColumn): string {
  if (column.kind !== 'categorical' && column.kind !== 'text') return '';
  const value = column.values.find((each) => each !== null);
  return value === undefined || value === null ? '' : ` (e.g. "${value.slice(0, 20)}")`;
}
