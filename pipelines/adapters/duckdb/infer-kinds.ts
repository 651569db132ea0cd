import { phraseQuantity, phraseVerb } from '../../core/schema/phrase-number.ts';
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
 * three words or more on average, and mostly distinct. All else is categories. Two passes. Columns of lists and records are left out.
 */
export async function inferKinds(
  { engine, columns }: OpenTableFile,
  asked: Readonly<Record<string, AskedKind>>,
): Promise<InferredColumn[]> {
  const read = columns.map((column, index) => ({ ...column, index })).filter(({ type }) => !isNested(type));
  const first = await looks(engine, read, ({ index, type }) => countsOf(index, type));
  const counted = read.map((column, place) => ({ ...column, counts: first[place] ?? NONE }));
  const names = counted.filter(({ type, counts }) => !isNumber(type) && !isMostlyNumbers(counts));
  const second = await looks(engine, names, ({ index }) => wordsOf(index));
  const worded = new Map(names.map(({ index }, place) => [index, second[place] ?? NONE]));
  return counted.map(({ name, index, type, counts }) =>
    inferred(name, type, { look: { ...NONE, ...counts, ...worded.get(index) }, asked: asked[name] }),
  );
}

type LookedAt = Pick<OpenTableFile['columns'][number], 'name' | 'type'> & { readonly index: number };

/** One pass over some columns: figures of each, by the names that `of` gives them after its place. */
async function looks<Of extends LookedAt>(
  engine: OpenTableFile['engine'],
  columns: readonly Of[],
  of: (column: Of) => Readonly<Record<string, string>>,
): Promise<Partial<ColumnLook>[]> {
  if (columns.length === 0) return [];
  const figures = columns.map((column) => Object.entries(of(column)));
  const selected = figures.flatMap((each, place) => each.map(([figure, sql]) => `${sql} AS ${figure}${place}`));
  const values = columns.map(({ name, index, type }) =>
    isNumber(type)
      ? `${quoteName(name)} AS c${index}`
      : `${textOf(name)} AS c${index}, coalesce(trim(${quoteName(name)}::VARCHAR), '') <> '' AS w${index}`,
  );
  const table = await engine.query(`SELECT ${selected.join(',\n')} FROM (SELECT ${values.join(', ')} FROM rows)`);
  const figureAt = (figure: string, place: number) =>
    figure === 'sample' ? (table.texts(`sample${place}`)[0] ?? '') : (table.numbers(`${figure}${place}`)[0] ?? 0);
  return figures.map((each, place) => Object.fromEntries(each.map(([figure]) => [figure, figureAt(figure, place)])));
}

const NONE: ColumnLook = { filled: 0, written: 0, numbers: 0, times: 0, distinct: 0, words: 0, commas: 0, codes: 0, sample: '' };

function isNumber(type: string): boolean {
  return /^(U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)|FLOAT|DOUBLE|DECIMAL.*)$/.test(type);
}

/** Lists, records and bytes hold no value that could be counted. */
export function isNested(type: string): boolean {
  return /\[\d*\]$|^(STRUCT|MAP|UNION|BLOB|BIT)/.test(type);
}

/** What tells numbers from names, in SQL. */
function countsOf(index: number, type: string): Readonly<Record<string, string>> {
  const value = `c${index}`;
  if (isNumber(type)) return { filled: `count(${value})::DOUBLE`, numbers: `count(${value})::DOUBLE` };
  return {
    filled: `count(${value})::DOUBLE`,
    written: `count_if(w${index})::DOUBLE`,
    numbers: `count(TRY_CAST(${value} AS DOUBLE))::DOUBLE`,
    codes: `count_if(regexp_matches(${value}, '^0[0-9]+([.]|$)'))::DOUBLE`,
    sample: `any_value(CASE WHEN TRY_CAST(${value} AS DOUBLE) IS NULL THEN ${value} END)`,
  };
}

/** What tells times and texts from categories, in SQL. */
function wordsOf(index: number): Readonly<Record<string, string>> {
  const value = `c${index}`;
  return {
    times: `count(${time(value)})::DOUBLE`,
    distinct: `count(DISTINCT ${value})::DOUBLE`,
    commas: `count_if(regexp_matches(${value}, '^-?[0-9.]*[0-9],[0-9]+$'))::DOUBLE`,
    words: `avg(1 + length(${value}) - length(replace(${value}, ' ', '')))::DOUBLE`,
  };
}

interface ColumnLook {
  readonly filled: number;
  readonly written: number;
  readonly numbers: number;
  readonly times: number;
  readonly distinct: number;
  readonly words: number;
  /** Values that are numbers where a comma parts the decimals. */
  readonly commas: number;
  readonly codes: number;
  readonly sample: string;
}

function inferred(name: string, type: string, { look, asked }: { look: ColumnLook; asked: AskedKind | undefined }): InferredColumn {
  const kind = asked ?? kindOf(type, look);
  const value = textOf(name);
  const notes = type === 'VARCHAR' && kind !== 'empty' ? textNotes(look) : [];
  if (kind === 'numeric') {
    const strange = look.filled - look.numbers;
    const told =
      strange > 0
        ? [
            `${phraseQuantity(strange, 'value')} ${phraseVerb(strange, 'is no number and counts', 'are no numbers and count')} as missing, e.g. "${look.sample.slice(0, 20)}"`,
          ]
        : [];
    return {
      name,
      kind,
      select: isNumber(type) ? `${quoteName(name)}::DOUBLE` : `TRY_CAST(${value} AS DOUBLE)`,
      notes: [...notes, ...told],
    };
  }
  if (kind === 'time') return { name, kind, select: `epoch(${time(value)})::DOUBLE`, notes };
  return { name, kind, select: kind === 'empty' ? 'NULL::VARCHAR' : value, notes };
}

function isMostlyNumbers({ filled = 0, numbers = 0, codes = 0 }: Partial<ColumnLook>): boolean {
  return numbers >= MOSTLY_NUMBERS * filled && codes === 0;
}

function kindOf(type: string, look: ColumnLook): InferredColumn['kind'] {
  const { filled, times, distinct, words } = look;
  if (filled === 0) return 'empty';
  if (/^(TIMESTAMP|DATE|TIME)/.test(type)) return 'time';
  if (type === 'BOOLEAN') return 'categorical';
  if (isMostlyNumbers(look)) return 'numeric';
  if (times >= MOSTLY_TIMES * filled) return 'time';
  return words >= WORDS_OF_A_TEXT && distinct > DISTINCT_TEXTS * filled ? 'text' : 'categorical';
}

function textNotes({ written, filled, commas }: ColumnLook): string[] {
  const blanks =
    written > filled
      ? [`${phraseQuantity(written - filled, 'value')} such as "NA" or "null" ${phraseVerb(written - filled, 'is', 'are')} read as missing`]
      : [];
  const isDecimal = filled > 0 && commas >= MOSTLY_NUMBERS * filled;
  return isDecimal
    ? [...blanks, 'numbers with a decimal comma are read as categories: write a point to have them compared as numbers']
    : blanks;
}

function textOf(name: string): string {
  const text = `${quoteName(name)}::VARCHAR`;
  return `CASE WHEN trim(${text}) IN (${ABSENT.map(quoteText).join(', ')}) THEN NULL ELSE ${text} END`;
}

function time(value: string): string {
  // Casting is slow where it fails, so that only what begins like a date is tried.
  return `CASE WHEN ${value} LIKE '____-__-__%' OR ${value} LIKE '____/__/__%' THEN TRY_CAST(${value} AS TIMESTAMPTZ) AT TIME ZONE 'UTC' END`;
}
