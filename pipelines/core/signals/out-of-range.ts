import { cellEdge } from '../profile/numeric-profile.ts';
import type { Column } from '../schema/column.ts';
import { phraseQuantity, phraseVerb } from '../schema/phrase-number.ts';
import type { Signal } from '../schema/signal.ts';
import type { CategoricalColumnProfile, Grid, NumericColumnProfile } from '../schema/window-profile.ts';
import { alarmChance } from './alarm-chance.ts';
import { columnSubjects } from './column-subjects.ts';
import { judgeShare } from './judge-share.ts';
import { figure, percent, rowsText } from './phrase-figures.ts';
import { signalOf, type WindowEvidence } from './signal-of.ts';

/**
 * Rows outside what the data contract allows (`min` and `max` of numbers, `values` of categories), for each column with such a rule. Held against
 * logs.maximumQuarantineShare, the share of broken rows that the owner accepts. Numbers are known by cell: only cells that lie wholly outside
 * count, so a violation smaller than one cell is not seen.
 */
export function outOfRange(evidence: WindowEvidence): Signal[] {
  return columnSubjects(evidence.definition).flatMap((column) => {
    const bounded = column.kind === 'numeric' ? column.min !== undefined || column.max !== undefined : column.values !== undefined;
    return bounded ? [rangeSignal(evidence, column)] : [];
  });
}

function rangeSignal(evidence: WindowEvidence, column: Column): Signal {
  const { definition, profile, reference } = evidence;
  const current = profile.columns[column.name];
  const grid = reference.grids[column.name];
  const sampleSize = current === undefined ? 0 : current.rows - current.missing;
  const base = {
    kind: 'out-of-range' as const,
    subject: column.name,
    sampleSize,
    method: 'Share of the values outside the data contract, Wilson interval',
  };
  const none = (why: string) => signalOf(evidence, { ...base, status: 'insufficient-data', why });
  const least = definition.monitoring.minimumRows;
  if (current === undefined || sampleSize < least)
    return none(`${rowsText(sampleSize)} with a value of ${column.name}; at least ${figure(least)} are needed.`);
  if (current.kind !== column.kind) return none(`${column.name} was profiled as ${current.kind}, the contract says ${column.kind}.`);
  if (current.kind === 'numeric' && grid?.id !== current.grid) return none(`The reference holds no grid for ${column.name}.`);
  const outside = current.kind === 'numeric' ? numbersOutside(current, column, grid) : valuesOutside(current, column);
  const allowed = definition.logs.maximumQuarantineShare;
  const { value, interval, status } = judgeShare({ bad: outside, rows: sampleSize }, allowed, alarmChance(definition, 'fresh'));
  return signalOf(evidence, {
    ...base,
    value,
    interval,
    threshold: { operator: '>', level: allowed, rule: 'logs.maximumQuarantineShare of model.yml' },
    status,
    why: `${rowsText(outside)} (${percent(value)}) of ${column.name} ${phraseVerb(outside, 'lies', 'lie')} outside ${contract(column)}; ${percent(allowed)} are accepted.`,
  });
}

function numbersOutside(current: NumericColumnProfile, { min, max }: Column, grid: Grid | undefined): number {
  if (grid === undefined) return 0;
  const outside = current.cells.filter(
    ([cell]) => (max !== undefined && cellEdge(cell, grid) > max) || (min !== undefined && cellEdge(cell + 1, grid) <= min),
  );
  return outside.reduce((sum, [, rows]) => sum + rows, 0);
}

function valuesOutside(current: CategoricalColumnProfile, { values = [] }: Column): number {
  const allowed = new Set(values);
  return Object.entries(current.counts).reduce((sum, [value, rows]) => sum + (allowed.has(value) ? 0 : rows), 0);
}

function contract({ min, max, values }: Column): string {
  if (values !== undefined) return `the ${phraseQuantity(values.length, 'value')} of the data contract`;
  return `the data contract (${min === undefined ? 'no minimum' : `from ${figure(min)}`}, ${max === undefined ? 'no maximum' : `to ${figure(max)}`})`;
}
