import type { Column } from '../../schema/column.ts';
import type { ComparedColumn } from '../../signals/drift-sheet/compared-table.ts';
import { recogniseSample } from '../../signals/drift-sheet/recognise-sample.ts';
import { type NameRemarks, nameRemarks } from './column-remarks.ts';
import { distinctValues, type LoggedTable, secondsOf } from './logged-table.ts';
import { rowsOfCategory } from './propose-policies.ts';

type Written = Pick<Column, 'name' | 'kind'> & Partial<Pick<Column, 'role' | 'calendar' | 'sensitivity'>>;

/** A column of the contract as it is first written, and what to say about it. */
export interface ProposedColumn {
  readonly column: Written;
  readonly why: string | null;
  /** Whether a person should look at it. */
  readonly isQuestion: boolean;
}

export interface ColumnsToPropose {
  readonly table: LoggedTable;
  readonly timestamp: string;
  /** Columns that have another role. */
  readonly taken: readonly string[];
  readonly ignored: readonly string[];
  /** Rows that train a first version. */
  readonly trainingRows: number;
}

/** Ids of more things than this are learnt by heart. */
const MOST_THINGS = 100;
const MOST_CODES = 20;
const MOST_NUMBERED = 12;
const MOST_HOURS = 24;
const MOST_PARTS = 366;

/**
 * Every other column of a log as a feature, or left out with the reason: times, identifiers, counters, ids of many things, answers of a model, names and addresses, columns
 * of one value. What follows the calendar is marked so. Names of protected attributes are asked about, never acted on. O(columns · rows · log(rows)).
 */
export function proposeColumns(request: ColumnsToPropose): ProposedColumn[] {
  const { table, taken } = request;
  const names = Object.keys(table.columns).filter((name) => !taken.includes(name));
  const recognised = recognisedIn(request, names);
  return names.flatMap((name) => {
    const column = table.columns[name];
    return column === undefined
      ? []
      : [proposed({ ...request, name, column, recognised: recognised[name] ?? null, remarks: nameRemarks(name) })];
  });
}

const CODES = 'a few whole numbers, read as names; if they count something: kind: numeric';
const WORDS = 'read word by word; sensitivity: personal keeps its words from being shown';

interface OneColumn extends ColumnsToPropose {
  readonly name: string;
  readonly column: ComparedColumn;
  readonly recognised: string | null;
  readonly remarks: NameRemarks;
}

function proposed(one: OneColumn): ProposedColumn {
  const { name, column, remarks } = one;
  const reason = reasonToLeaveOut(one);
  const sensitivity = remarks.isPersonal ? { sensitivity: 'personal' as const } : {};
  if (reason !== null)
    return { column: { name, role: 'ignored', kind: plainKind(column), ...sensitivity }, why: reason, isQuestion: false };
  const feature = { name, ...kindOf(one), ...sensitivity };
  const isNamed = column.kind === 'numeric' && feature.kind === 'categorical';
  if (remarks.isProtected)
    return {
      column: feature,
      why: 'a protected attribute? role: protected compares its groups and keeps it out of training',
      isQuestion: true,
    };
  if (feature.calendar === true) return { column: feature, why: one.recognised ?? 'called after the calendar', isQuestion: false };
  return { column: feature, why: isNamed ? CODES : column.kind === 'text' ? WORDS : null, isQuestion: false };
}

function reasonToLeaveOut({ name, column, table, ignored, recognised, remarks }: OneColumn): string | null {
  if (ignored.includes(name)) return 'left out as asked';
  if (column.kind === 'empty') return 'no row holds a value';
  if (column.kind === 'time') return 'a time: it moves on by itself';
  if (remarks.isPersonal && column.kind !== 'text') return 'tells who somebody is';
  if (remarks.isAnswer) return "sounds like a model's answer, not like what it was asked";
  if (recognised !== null && !isCalendarNote(recognised)) return recognised;
  if (/\(column \d+\)$/.test(name)) return 'has no name in the file';
  if (distinctValues(column, table.rows, 2) < 2) return 'holds one value in all rows';
  const isOfMany = remarks.isOfSomething && distinctValues(column, table.rows, MOST_THINGS + 1) > MOST_THINGS;
  return isOfMany ? 'ids of many things: a model would learn them by heart' : null;
}

function kindOf({ column, table, recognised, remarks, trainingRows }: OneColumn): Pick<Written, 'kind' | 'calendar'> {
  const distinct = distinctValues(column, table.rows, MOST_PARTS + 1);
  const isCalendar = (recognised !== null && isCalendarNote(recognised)) || (remarks.isCalendar && distinct <= MOST_PARTS);
  const calendar = isCalendar ? { calendar: true } : {};
  if (column.kind !== 'numeric' || !column.values.every((value) => Number.isNaN(value) || Number.isInteger(value)))
    return { kind: plainKind(column), ...calendar };
  const isCode = distinct > 2 && distinct <= MOST_CODES && (remarks.isCode || numbersFromOne(column.values));
  // Hours and weekdays are places on a circle: a weight each says more than one slope.
  const isRound = isCalendar && distinct > 2 && distinct <= MOST_HOURS && trainingRows >= rowsOfCategory(trainingRows) * distinct;
  return { kind: isCode || isRound ? 'categorical' : 'numeric', ...calendar };
}

/** Whether the whole numbers of a column run from 1 to a dozen at most: counts begin at 0, codes at 1. */
function numbersFromOne(values: Float64Array): boolean {
  return values.some((value) => value === 1) && values.every((value) => Number.isNaN(value) || (value >= 1 && value <= MOST_NUMBERED));
}

function plainKind({ kind }: ComparedColumn): Column['kind'] {
  return kind === 'numeric' || kind === 'text' ? kind : 'categorical';
}

/** `recogniseSample` begins so for what the calendar determines; all else that it recognises says nothing of use. */
function isCalendarNote(note: string): boolean {
  return note.startsWith('follows the calendar');
}

/** What the values show, the first half of the file held against the second, by column. */
function recognisedIn({ table, timestamp }: ColumnsToPropose, names: readonly string[]): Readonly<Record<string, string>> {
  const time = table.columns[timestamp];
  const seconds = time === undefined ? null : secondsOf(time);
  const middle = Math.floor(table.rows / 2);
  const half = (from: number, to: number) => {
    const clock = seconds === null ? [] : [[timestamp, { kind: 'time' as const, values: seconds.subarray(from, to) }] as const];
    const others = names.flatMap((name) => {
      const column = table.columns[name];
      return column === undefined || column.kind === 'time' ? [] : [[name, part(column, from, to)] as const];
    });
    return { name: '', rows: to - from, of: to - from, columns: Object.fromEntries([...clock, ...others]), notes: {} };
  };
  return recogniseSample(half(0, middle), half(middle, table.rows));
}

function part(column: ComparedColumn, from: number, to: number): ComparedColumn {
  if (column.kind === 'empty') return { kind: 'empty', rows: to - from };
  if (column.kind === 'numeric' || column.kind === 'time') return { kind: column.kind, values: column.values.subarray(from, to) };
  return { kind: column.kind, values: column.values.slice(from, to) };
}
