import type { LogField } from './log-fields.ts';
import type { Footer } from './read-footers.ts';

const NUMBER = /^(U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)|FLOAT|DOUBLE|DECIMAL.*)$/;
const TIME = /^(TIMESTAMP.*|DATE|TIME.*|INTERVAL)$/;

/** What a Parquet file states of the columns that are read from it, by name in queries: a family of types, or that the column is absent. */
export function storedTypes(footer: Footer, fields: readonly LogField[]): Readonly<Record<string, string>> {
  return Object.fromEntries(fields.map(({ as, source }) => [as, familyOf(footer.columns.get(source)?.type)]));
}

function familyOf(type: string | undefined): string {
  if (type === undefined) return 'absent';
  if (NUMBER.test(type)) return 'number';
  if (type === 'VARCHAR' || type.startsWith('ENUM')) return 'text';
  if (type === 'BOOLEAN') return 'boolean';
  return TIME.test(type) ? 'time' : 'other';
}
