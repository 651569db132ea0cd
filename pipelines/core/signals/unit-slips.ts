import { columnQuantile } from '../profile/column-quantile.ts';
import type { Column } from '../schema/column.ts';
import type { Signal } from '../schema/signal.ts';
import type { Grid, NumericColumnProfile } from '../schema/window-profile.ts';
import { quantileMisfit } from '../statistics/distances/quantile-misfit.ts';
import { columnSubjects } from './column-subjects.ts';
import { figure, percent, rowsText } from './phrase-figures.ts';
import { signalOf, type WindowEvidence } from './signal-of.ts';
import { type UnitConversion, unitConversions } from './unit-conversions.ts';

const QUANTILES = Array.from({ length: 19 }, (_, index) => (index + 1) / 20);
/** Quantiles that moved by less than this much of their own spread are no change of unit. */
const MOVED = 0.5;
/** Share of the move that a conversion must explain. */
const EXPLAINED = 0.8;
/** From this share on a conversion is suspected: a slip of some rows only, or of few rows. */
const SUSPECTED = 0.7;

/**
 * Whether a numeric column seems to be written in another unit than the contract states: its quantiles moved by at least half their spread, and one of
 * the confusions that the stated unit invites (miles and kilometres, Celsius and Fahrenheit, euros and cents) takes at least 80 % of that
 * move away (a warning from 70 % on). Columns without a unit, or with an unknown one, are not judged. Values are known by cell, and as far as 127 widths of the grid:
 * a factor of 1,000 throws them off the grid, which the schema statement reports.
 */
export function unitSlips(evidence: WindowEvidence): Signal[] {
  return columnSubjects(evidence.definition).flatMap((column) => {
    const conversions = column.kind === 'numeric' && column.unit !== undefined ? unitConversions(column.unit) : [];
    return conversions.length === 0 ? [] : [slipSignal(evidence, column, conversions)];
  });
}

function slipSignal(evidence: WindowEvidence, { name, unit = '' }: Column, conversions: readonly UnitConversion[]): Signal {
  const { definition, profile, reference } = evidence;
  const [current, before, grid] = [profile.columns[name], reference.profile.columns[name], reference.grids[name]];
  const sampleSize = current?.kind === 'numeric' ? valuesOf(current) : 0;
  const base = {
    kind: 'unit-slip' as const,
    subject: name,
    sampleSize,
    method: 'Share of the move of 19 quantiles that a conversion of the unit explains',
    threshold: { operator: '>' as const, level: EXPLAINED, rule: 'a conversion must explain four fifths of a move of half the spread' },
  };
  const none = (why: string) => signalOf(evidence, { ...base, status: 'insufficient-data', why });
  const least = definition.monitoring.minimumRows;
  if (sampleSize < least) return none(`${rowsText(sampleSize)} with a value of ${name}; at least ${figure(least)} are needed.`);
  if (current?.kind !== 'numeric' || before?.kind !== 'numeric' || grid === undefined || grid.id !== current.grid)
    return none(`The reference holds no numbers of ${name}.`);
  const [now, then] = [quantilesOf(current, grid), quantilesOf(before, grid)];
  const moved = quantileMisfit(now, then);
  if (moved === null) return none(`The reference holds one value of ${name} only, so no unit can be told.`);
  if (moved < MOVED) {
    const why = `${name} keeps the size that ${unit} had in the reference (its quantiles moved by ${figure(moved)} of their spread).`;
    return signalOf(evidence, { ...base, value: 0, status: 'ok', why });
  }
  const best = bestConversion(now, then, conversions);
  const value = best === null ? 0 : Math.max(0, 1 - best.misfit / moved);
  const slip = best !== null && value > SUSPECTED;
  const medians = `median ${figure(middle(now))}, ${figure(middle(then))} in the reference`;
  return signalOf(evidence, {
    ...base,
    value,
    status: value > EXPLAINED ? 'alert' : slip ? 'warning' : 'ok',
    why: slip
      ? `${name} seems to arrive in ${best.conversion.to} instead of ${unit}: that conversion explains ${percent(value)} of how its values moved (${medians}).`
      : `${name} moved (${medians}), but no known conversion of ${unit} explains it.`,
  });
}

function bestConversion(now: readonly number[], then: readonly number[], conversions: readonly UnitConversion[]) {
  let best: { readonly conversion: UnitConversion; readonly misfit: number } | null = null;
  for (const conversion of conversions) {
    // Taken back into the unit of the contract, so that misfits of different conversions share one scale.
    const back = now.map((value) => (value - conversion.offset) / conversion.factor);
    const misfit = quantileMisfit(back, then);
    if (misfit !== null && (best === null || misfit < best.misfit)) best = { conversion, misfit };
  }
  return best;
}

function quantilesOf(column: NumericColumnProfile, grid: Grid): number[] {
  return QUANTILES.map((q) => columnQuantile(column, grid, q) ?? Number.NaN);
}

function valuesOf({ cells }: NumericColumnProfile): number {
  return cells.reduce((sum, [, rows]) => sum + rows, 0);
}

function middle(quantiles: readonly number[]): number {
  return quantiles[Math.floor(quantiles.length / 2)] ?? Number.NaN;
}
