import { foldCategories } from '../profile/fold-categories.ts';
import { quantileInterval } from '../profile/quantile-interval.ts';
import type { ModelDefinition } from '../schema/model-definition.ts';
import type { ServiceReport } from '../schema/service-report.ts';
import { type Grid, LATENCY_COLUMN, type WindowProfile } from '../schema/window-profile.ts';
import { wilsonInterval } from '../statistics/intervals/wilson-interval.ts';

const QUANTILES = [0.5, 0.95, 0.99];
/** Regions that are named; the others share one line. */
const NAMED_REGIONS = 12;

/** What a service report of one window is made of. */
export interface ServiceMaterial {
  readonly definition: ModelDefinition;
  readonly profile: WindowProfile;
  /** Grid of the latency; left out: none was learnt. */
  readonly latencyGrid: Grid | undefined;
}

/** Latency, errors, usage and cost of one window, from its profile. A figure that cannot be given is null, with the reason. */
export function serviceReport(material: ServiceMaterial): ServiceReport {
  const parts = {
    latencyMs: latencyOf(material),
    errors: errorsOf(material),
    hours: material.profile.hours ?? 'The hours of this window were not counted.',
    regions: regionsOf(material),
    cost: costOf(material),
  };
  const told = <T>(part: T | string): T | null => (typeof part === 'string' ? null : part);
  const why = Object.fromEntries(
    Object.entries(parts).filter((entry): entry is [keyof typeof parts, string] => typeof entry[1] === 'string'),
  );
  const { latencyMs, errors, hours, regions, cost } = parts;
  return { latencyMs: told(latencyMs), errors: told(errors), hours: told(hours), regions: told(regions), cost: told(cost), why };
}

function latencyOf({ definition, profile, latencyGrid: grid }: ServiceMaterial): ServiceReport['latencyMs'] | string {
  if (definition.logs.columns.latencyMs === undefined) return 'logs.columns.latencyMs of model.yml names no column.';
  const column = profile.columns[LATENCY_COLUMN];
  if (column?.kind !== 'numeric' || grid === undefined || grid.id !== column.grid) return 'The reference holds no grid for the latency.';
  const quantiles = QUANTILES.flatMap((quantile) => {
    const found = quantileInterval(column, grid, { quantile });
    return found === null ? [] : [{ quantile, ...found }];
  });
  const rows = column.cells.reduce((sum, [, count]) => sum + count, 0);
  return rows === 0 ? 'No row of the window has a latency.' : { rows, quantiles };
}

function errorsOf({ definition, profile }: ServiceMaterial): ServiceReport['errors'] | string {
  if (definition.logs.columns.error === undefined) return 'logs.columns.error of model.yml names no column.';
  if (profile.rows === 0) return 'The window has no row.';
  const { errors: failed, rows } = profile;
  return { failed, share: failed / rows, interval: wilsonInterval(failed, rows) };
}

function regionsOf({ definition, profile }: ServiceMaterial): ServiceReport['regions'] | string {
  const { region } = definition.service;
  if (region === undefined) return 'service.region of model.yml names no column.';
  const column = profile.columns[region];
  if (column?.kind !== 'categorical') return `The window holds no categories of ${region}.`;
  const declared = definition.columns.find(({ name }) => name === region);
  const folded = foldCategories(column, declared, definition.privacy.minimumCount);
  if (folded.kind !== 'categorical') return `The window holds no categories of ${region}.`;
  const ranked = Object.entries(folded.counts).sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const { minimumCount } = definition.privacy;
  const restOf = (shown: number) => ranked.slice(shown).reduce((sum, [, rows]) => sum + rows, folded.other + folded.missing);
  let shown = Math.min(NAMED_REGIONS, ranked.length);
  // A rest of a few rows is what a region has that is named in other windows: the next smallest joins it.
  while (shown > 0 && restOf(shown) > 0 && restOf(shown) < minimumCount) shown -= 1;
  const named = ranked.slice(0, shown).map(([name, rows]) => ({ region: name, rows }));
  return restOf(shown) === 0 ? named : [...named, { region: null, rows: restOf(shown) }];
}

function costOf({ definition, profile }: ServiceMaterial): ServiceReport['cost'] | string {
  const stated = definition.service.costPerPrediction;
  if (stated === undefined) return 'service.costPerPrediction of model.yml states no cost.';
  return { perPrediction: stated.amount, total: stated.amount * profile.rows, currency: stated.currency };
}
