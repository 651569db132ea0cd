import type { ComparedColumn } from '../../core/signals/drift-sheet/compared-table.ts';
import type { OpenTableFile } from './open-table-file.ts';
import { quoteName, quoteText } from './quote.ts';

/** What pandas, R and databases write for a value that is not there. */
const ABSENT = ['', 'NA', 'N/A', '#N/A', '<NA>', 'n/a', 'NaN', 'nan', '-nan', 'null', 'NULL', 'None'];
/** Shares of the values that must read as a number or a time. */
const MOSTLY_NUMBERS = 0.95;
const MOSTLY_TIMES = 0.99;
const WORDS_OF_A_TEXT = 3;
const DISTINCT_TEXTS = 0.5;

/** How a column of a file is read: its kind, the SQL of its values, and what to say about it. */
export interface InferredColumn {
  readonly name: string;
  readonly kind: ComparedColumn['kind'];
  readonly select: string;
  readonly notes: readonly string[];
}

/** A kind that a person asked for. */
export type AskedKind = 'numeric' | 'categorical' | 'text';

/**
 * The kind of every column of a file. Numbers: 95 % of the values read as one, and none is a code with a leading zero; what does not is missing, and told. Times: 99 %. Texts:
 * three words or more on average, and mostly distinct. All else is categories. One pass. Columns of lists and records are left out.
 */
export async function inferKinds({ engine, names }: OpenTableFile, asked: Readonly<Record<string, AskedKind>>): Promise<InferredColumn[]> {
  const described = await engine.query("SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = 'rows'");
  const types = described.texts('data_type');
  const typeOf = new Map(described.texts('column_name').map((name, index) => [name, types[index] ?? '']));
  const looks = names
    .map((name, index) => ({ name, index, type: typeOf.get(name) ?? '' }))
    .filter(({ type }) => !/[[(]|MAP|BLOB/.test(type.replace(/^DECIMAL.*/, '').replace(/^ENUM.*/, '')));
  const values = looks.map(
    ({ name, index }) => `${textOf(name)} AS c${index}, coalesce(trim(${quoteName(name)}::VARCHAR), '') <> '' AS w${index}`,
  );
  const table = await engine.query(
    `SELECT ${looks.map(({ index }) => lookOf(index)).join(',\n')} FROM (SELECT ${values.join(', ')} FROM rows)`,
  );
  return looks.map(({ name, index, type }) => {
    const of = (figure: string) => table.numbers(`${figure}${index}`)[0] ?? 0;
    const look = {
      filled: of('filled'),
      blanks: of('written') - of('filled'),
      numbers: of('numbers'),
      times: of('times'),
      distinct: of('distinct'),
      words: of('words'),
      codes: of('codes'),
      sample: table.texts(`sample${index}`)[0] ?? '',
    };
    return inferred(name, type, { look, asked: asked[name] });
  });
}

/** What tells the kind of a column, from its values as text. */
function lookOf(index: number): string {
  const value = `c${index}`;
  return `count(${value})::DOUBLE AS filled${index}, count_if(w${index})::DOUBLE AS written${index}, count(TRY_CAST(${value} AS DOUBLE))::DOUBLE AS numbers${index},
count(${time(value)})::DOUBLE AS times${index}, count(DISTINCT ${value})::DOUBLE AS distinct${index},
avg(1 + length(${value}) - length(replace(${value}, ' ', '')))::DOUBLE AS words${index},
count_if(regexp_matches(${value}, '^0[0-9]+([.]|$)'))::DOUBLE AS codes${index},
any_value(CASE WHEN TRY_CAST(${value} AS DOUBLE) IS NULL THEN ${value} END) AS sample${index}`;
}

interface ColumnLook {
  readonly filled: number;
  readonly blanks: number;
  readonly numbers: number;
  readonly times: number;
  readonly distinct: number;
  readonly words: number;
  readonly codes: number;
  readonly sample: string;
}

function inferred(name: string, type: string, { look, asked }: { look: ColumnLook; asked: AskedKind | undefined }): InferredColumn {
  const isText = type === 'VARCHAR' || type.startsWith('ENUM');
  const kind = asked ?? kindOf(type, look);
  const value = textOf(name);
  const notes = isText && type === 'VARCHAR' && look.blanks > 0 && kind !== 'empty' ? blankNotes(look) : [];
  if (kind === 'numeric') {
    const strange = look.filled - look.numbers;
    const told = strange > 0 ? [`${strange} values are no numbers and count as missing, e.g. "${look.sample.slice(0, 20)}"`] : [];
    return { name, kind, select: isText ? `TRY_CAST(${value} AS DOUBLE)` : `${quoteName(name)}::DOUBLE`, notes: [...notes, ...told] };
  }
  if (kind === 'time') return { name, kind, select: `epoch(${time(value)})::DOUBLE`, notes };
  return { name, kind, select: kind === 'empty' ? 'NULL::VARCHAR' : value, notes };
}

function kindOf(type: string, { filled, numbers, times, distinct, words, codes }: ColumnLook): InferredColumn['kind'] {
  if (filled === 0) return 'empty';
  if (/^(TIMESTAMP|DATE|TIME)/.test(type)) return 'time';
  if (type === 'BOOLEAN') return 'categorical';
  if (numbers >= MOSTLY_NUMBERS * filled && codes === 0) return 'numeric';
  if (times >= MOSTLY_TIMES * filled) return 'time';
  return words >= WORDS_OF_A_TEXT && distinct > DISTINCT_TEXTS * filled ? 'text' : 'categorical';
}

function blankNotes({ blanks }: ColumnLook): string[] {
  return [`${blanks} values such as "NA" or "null" are read as missing`];
}

function textOf(name: string): string {
  const text = `${quoteName(name)}::VARCHAR`;
  return `CASE WHEN trim(${text}) IN (${ABSENT.map(quoteText).join(', ')}) THEN NULL ELSE ${text} END`;
}

function time(value: string): string {
  // Casting is slow where it fails, so that only what begins like a date is tried.
  return `CASE WHEN ${value} LIKE '____-__-__%' THEN TRY_CAST(${value} AS TIMESTAMPTZ) AT TIME ZONE 'UTC' END`;
}
