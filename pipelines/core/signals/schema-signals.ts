import type { Column } from '../schema/column.ts';
import { phraseVerb } from '../schema/phrase-number.ts';
import type { Signal } from '../schema/signal.ts';
import type { ColumnProfile, Grid } from '../schema/window-profile.ts';
import { alarmChance } from './alarm-chance.ts';
import { columnSubjects } from './column-subjects.ts';
import { EVIDENCE_LEVEL } from './evidence-level.ts';
import { type IncreaseRule, judgeIncrease } from './judge-increase.ts';
import { judgeShare } from './judge-share.ts';
import { figure, percent, rowsText } from './phrase-figures.ts';
import { placeholderOf } from './placeholders.ts';
import { signalOf, type WindowEvidence } from './signal-of.ts';
import { type SchemaFinding, storedTypes } from './stored-types.ts';

/** Of a reference with too few windows to tell: they are taken to differ tenfold as much as independent rows would make them, which columns rarely do. */
const UNKNOWN_DISPERSION = 10;
/** With so many values in a reference of few windows, most windows held several: such a column is not one that each window holds one value of, as the month is. */
const MANY_VALUES = 20;
/** What is commoner than this may come in bursts, as a waiting list does: few windows cannot tell that it is never the only value of one. */
const COMMON = 0.2;
const RANK = { ok: 0, warning: 1, alert: 2 } as const;

/**
 * Whether each watched column still is what the contract and the reference say: there, of the same type in the files, numbers where numbers are due and no placeholders such as -999,
 * neither empty nor stuck on one value. The worst finding speaks. An empty or constant window counts only when chance does not explain it:
 * the share that the reference has of the commonest value (or of missing ones), to the power of the rows, over the dispersion of the
 * reference's windows. One alert opens an incident, so it needs what the false-alarm budget leaves for that (see `alarmChance`), and warns below. Calendar columns may be constant.
 */
export function schemaSignals(evidence: WindowEvidence): Signal[] {
  return columnSubjects(evidence.definition).map((column) => schemaSignal(evidence, column));
}

function schemaSignal(evidence: WindowEvidence, column: Column): Signal {
  const { definition, profile, reference } = evidence;
  const { name } = column;
  const [current, before] = [profile.columns[name], reference.profile.columns[name]];
  const allowed = definition.logs.maximumQuarantineShare;
  const base = {
    kind: 'schema' as const,
    subject: name,
    method: 'Presence, stored type, readable values, and one value only against the reference',
    sampleSize: current?.rows ?? 0,
  };
  const none = (why: string) => signalOf(evidence, { ...base, status: 'insufficient-data', why });
  const stored = storedTypes(profile.integrity, reference.profile.integrity, column);
  const least = definition.monitoring.minimumRows;
  if (stored?.status !== 'alert') {
    if (current === undefined || current.rows < least)
      return none(`${rowsText(current?.rows ?? 0)} of ${name} in the window; at least ${figure(least)} are needed.`);
    if (before === undefined || before.rows === 0) return none(`The reference holds no column ${name}.`);
  }
  const chance = alarmChance(definition, 'at once');
  const dispersion = reference.dispersions?.[name]?.shares ?? null;
  const found = [
    ...(stored === null ? [] : [stored]),
    ...(current === undefined || current.rows === 0 || before === undefined || before.rows === 0
      ? []
      : [
          readable(current, name, { allowed, chance }),
          ...written({ current, before, name, grid: reference.grids[name] }, { tolerated: allowed, chance }),
          ...stuck({ current, before, column, dispersion, chance }),
        ]),
  ];
  const worst = found.reduce((one, other) => (isWorse(other, one) ? other : one), {
    share: 0,
    status: 'ok',
    why: `${name} is there, readable and varies as in the reference.`,
  });
  return signalOf(evidence, {
    ...base,
    value: worst.share,
    threshold: { operator: '>', level: allowed, rule: 'logs.maximumQuarantineShare of model.yml' },
    status: worst.status,
    why: worst.why,
  });
}

function isWorse(one: SchemaFinding, other: SchemaFinding): boolean {
  return RANK[one.status] > RANK[other.status] || (one.status === other.status && one.share > other.share);
}

/** Values that are no numbers although the column is numeric, or lie so far out that no cell of the grid holds them. */
function readable(
  current: ColumnProfile,
  name: string,
  { allowed, chance }: { readonly allowed: number; readonly chance: number },
): SchemaFinding {
  const bad = current.kind === 'numeric' ? current.nonFinite : 0;
  const { value, status } = judgeShare({ bad, rows: current.rows }, allowed, chance);
  return {
    share: value,
    status: status === 'insufficient-data' || bad === 0 ? 'ok' : status,
    why: `${rowsText(bad)} (${percent(value)}) of ${name} ${phraseVerb(bad, 'is', 'are')} no number (a decimal comma, a unit or a word in the field?), or ${phraseVerb(bad, 'lies', 'lie')} more than a hundred times the width of the reference away; ${percent(allowed)} are accepted.`,
  };
}

interface WrittenColumn {
  readonly current: ColumnProfile;
  readonly before: ColumnProfile;
  readonly name: string;
  readonly grid: Grid | undefined;
}

/** Numbers that are written where a value is missing. */
function written({ current, before, name, grid }: WrittenColumn, rule: IncreaseRule): SchemaFinding[] {
  if (current.kind !== 'numeric' || before.kind !== 'numeric' || grid === undefined) return [];
  const found = placeholderOf(current, before, grid);
  if (found === null) return [];
  const judged = judgeIncrease({ bad: found.rows, rows: current.rows }, { bad: found.usual, rows: before.rows }, rule);
  const why = `${rowsText(found.rows)} (${percent(judged.value)}) of ${name} ${phraseVerb(found.rows, 'holds', 'hold')} ${found.value}, far outside of the reference (${percent(judged.reference ?? 0)} of it did), as if it stood for a missing value; ${percent(judged.level)} are accepted.`;
  return judged.status === 'ok' || judged.status === 'insufficient-data' ? [] : [{ share: judged.value, status: judged.status, why }];
}

interface Compared {
  readonly current: ColumnProfile;
  readonly before: ColumnProfile;
  readonly column: Column;
  readonly dispersion: number | null;
  /** Of a finding where nothing is broken. */
  readonly chance: number;
}

function stuck({ current, before, column, dispersion, chance: least }: Compared): SchemaFinding[] {
  // Rows of one window are alike: they speak for as many rows as the dispersion leaves.
  const chanceOf = (commonest: number, rows: number, unknown: number) => commonest ** (rows / Math.max(1, dispersion ?? unknown));
  const found = (commonest: number, rows: number, of: { readonly what: string; readonly isVaried: boolean }): SchemaFinding[] => {
    if (chanceOf(commonest, rows, 1) > EVIDENCE_LEVEL) return [];
    const why = `${of.what} in the window; in the reference ${percent(commonest)} at most did.`;
    const isKnown = dispersion !== null || (of.isVaried && commonest <= COMMON);
    const isAlert = isKnown && chanceOf(commonest, rows, UNKNOWN_DISPERSION) <= least;
    return [{ share: 1, status: isAlert ? 'alert' : 'warning', why }];
  };
  const values = current.rows - current.missing;
  if (values === 0)
    return found(before.missing / before.rows, current.rows, { what: `No row has a value of ${column.name}`, isVaried: true });
  if (column.calendar || !isConstant(current)) return [];
  const isVaried = valuesOf(before) >= MANY_VALUES;
  return found(commonestShare(before), values, { what: `Every value of ${column.name} is the same`, isVaried });
}

/** How many different values a column has; of numbers how many cells of the grid. */
function valuesOf(column: ColumnProfile): number {
  return column.kind === 'categorical' ? column.distinct : column.cells.length;
}

function isConstant(column: ColumnProfile): boolean {
  if (column.kind === 'categorical') return column.other === 0 && Object.keys(column.counts).length === 1;
  const [only, ...rest] = column.cells;
  if (only === undefined || rest.length > 0 || column.nonFinite > 0) return false;
  const [, rows, sum, squares] = only;
  // Sums are stored with ten digits.
  return Math.abs(squares * rows - sum * sum) <= 1e-8 * squares * rows;
}

/** Share of the values that the commonest one has; of numbers that the fullest cell has, which is no less. */
function commonestShare(column: ColumnProfile): number {
  const counts = column.kind === 'categorical' ? Object.values(column.counts) : column.cells.map(([, rows]) => rows);
  const total = counts.reduce((sum, count) => sum + count, column.kind === 'categorical' ? column.other : 0);
  return total === 0 ? 1 : counts.reduce((most, count) => Math.max(most, count), 0) / total;
}
