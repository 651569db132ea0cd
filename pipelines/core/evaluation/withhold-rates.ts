import { rowsOf } from './block-totals.ts';
import type { GroupTotals } from './group-totals.ts';
import type { GroupRate } from './row-rates.ts';
import { withheldParts } from './withheld-parts.ts';

/** Rates over all labelled rows of a group: they count the same rows. */
const OF_LABELLED: readonly GroupRate[] = ['calibration', 'right', 'error', 'absoluteError'];
/** Rates that part the labelled rows in two: one and all tell the other. */
const OF_OUTCOMES: readonly GroupRate[] = ['truePositives', 'falsePositives'];

/** The same groups under each model as they may be told. */
export interface ToldTotals {
  readonly models: readonly (readonly GroupTotals[])[];
  /** The same as they are compared: those whose outcomes may only be counted together are one more group, with these rates alone. */
  readonly compared: readonly (readonly GroupTotals[])[];
  /** Places of the groups whose labelled rows may not be counted. */
  readonly unlabelled: ReadonlySet<number>;
  /** Names of the groups whose outcomes are counted together. */
  readonly together: readonly string[];
}

/**
 * Empties the rates of groups with fewer than `least` rows behind them, and of as many others as it takes so that no such number can be told by subtraction (see `withheldParts`): how many positives a small group has is nobody's
 * business, whatever all groups have. Those whose positives or negatives are too few are compared as one. A group counts by the model that has fewer rows of it.
 */
export function withholdRates(models: readonly (readonly GroupTotals[])[], least: number): ToldTotals {
  const counts = (rates: readonly GroupRate[]) => countsOf(models, rates);
  const unlabelled = withheldParts(counts(OF_LABELLED), least);
  const outcomes = withheldParts(counts(OF_OUTCOMES), least);
  const isWithheld = (rate: GroupRate, place: number) =>
    (rate !== 'selection' && unlabelled.has(place)) || (OF_OUTCOMES.includes(rate) && outcomes.has(place));
  const told = models.map((groups) => groups.map((group, place) => emptied(group, (rate) => isWithheld(rate, place))));
  const joined = models.map((groups) => groups.filter((_, place) => outcomes.has(place) && !unlabelled.has(place)));
  const size = joined[0]?.length ?? 0;
  const isCompared = size > 1 && size < (models[0]?.length ?? 0);
  const compared = told.map((groups, model) => (isCompared ? [...groups, together(joined[model] ?? [])] : groups));
  return { models: told, compared, unlabelled, together: isCompared ? (joined[0] ?? []).map(({ name }) => name) : [] };
}

function together(groups: readonly GroupTotals[]): GroupTotals {
  const rates = OF_OUTCOMES.flatMap((rate) => {
    const each = groups.flatMap((group) => group.rates[rate] ?? []);
    return each.length === 0
      ? []
      : [[rate, { sums: summed(each.map(({ sums }) => sums)), rows: summed(each.map(({ rows }) => rows)) }] as const];
  });
  return { name: `${groups.map(({ name }) => name).join(', ')} together`, rates: Object.fromEntries(rates) };
}

function summed(arrays: readonly Float64Array[]): Float64Array {
  const [first = new Float64Array(0)] = arrays;
  return first.map((_, block) => arrays.reduce((sum, each) => sum + (each[block] ?? 0), 0));
}

/** Rows behind each rate that the groups have, one array a rate. */
function countsOf(models: readonly (readonly GroupTotals[])[], rates: readonly GroupRate[]): number[][] {
  const [first = []] = models;
  const known = rates.filter((rate) => first.some((group) => group.rates[rate] !== undefined));
  return known.map((rate) => first.map((_, place) => Math.min(...models.map((groups) => rowsBehind(groups[place], rate)))));
}

function rowsBehind(group: GroupTotals | undefined, rate: GroupRate): number {
  const totals = group?.rates[rate];
  return totals === undefined ? 0 : rowsOf(totals);
}

function emptied(group: GroupTotals, isWithheld: (rate: GroupRate) => boolean): GroupTotals {
  const rates = Object.entries(group.rates).flatMap(([rate, totals]) => {
    if (totals === undefined) return [];
    const none = { sums: new Float64Array(totals.sums.length), rows: new Float64Array(totals.rows.length) };
    return [[rate, isWithheld(rate as GroupRate) ? none : totals] as const];
  });
  return { ...group, rates: Object.fromEntries(rates) };
}
