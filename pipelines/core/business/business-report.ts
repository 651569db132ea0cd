import { cubeMetric } from '../profile/cube-metrics.ts';
import { cubeConfusion } from '../profile/cube-threshold-metrics.ts';
import type { BusinessReport } from '../schema/business-report.ts';
import type { BusinessValue } from '../schema/business-value.ts';
import type { LabelCube } from '../schema/label-cube.ts';
import type { MetricEstimate } from '../schema/metric.ts';
import type { ModelDefinition } from '../schema/model-definition.ts';
import type { Window } from '../schema/window.ts';
import { costOfWaiting, type WaitingCost } from './cost-of-waiting.ts';
import { pooledValue, windowEffect } from './pooled-value.ts';
import { whyNoValue } from './why-no-value.ts';

/** What a business report of one window is made of. */
export interface BusinessMaterial {
  readonly definition: ModelDefinition;
  readonly window: Window;
  /** Labelled rows of this window; null when no label has arrived. */
  readonly cube: LabelCube | null;
  /** Labelled rows of the trailing windows that performance pools; null when no label has arrived. */
  readonly trailing: LabelCube | null;
  /** Labelled rows of the reference range, from which the champion's promise was made; null when there are none. */
  readonly promised: LabelCube | null;
  /** Cubes of the same windows, one or more a window; left out: no value over several windows. */
  readonly pool?: readonly LabelCube[];
  /** Predictions a day at present. */
  readonly rowsPerDay: number;
}

/**
 * Money of one window, from its label cube and the value matrix. `perPrediction`, `interval` and `total` speak of the window alone, so that
 * totals add up; the cost of waiting compares the trailing windows with the promise, because one window is too few rows for it.
 * Without a value matrix, without a label or with fewer labels than the minimum there is no number, and `why` says so.
 */
export function businessReport(material: BusinessMaterial): BusinessReport {
  const { definition, window, cube } = material;
  const worth = definition.businessValue;
  const labelled = cube?.labelled ?? 0;
  const none = { perPrediction: null, interval: null, total: null, costOfWaitingPerDay: null, breakEvenDays: null };
  const base = { schemaVersion: 1 as const, range: window, currency: worth?.currency ?? null, labelled };
  const lacking = whyNoValue(definition);
  if (lacking !== null || worth === undefined) return { ...base, ...none, why: lacking ?? 'There is no value.' };
  const waiting = waitingOf(material, worth);
  const cost = definition.retraining.cost;
  const money = {
    costOfWaitingPerDay: waiting.perDay,
    waiting: { interval: waiting.interval, why: waiting.why },
    breakEvenDays: breakEven(waiting, cost),
    ...pooledPart(material, worth),
  };
  if (cube === null || labelled === 0)
    return { ...base, ...none, ...money, why: `No label of this window has arrived yet; the windows before it tell: ${waiting.why}` };
  const { value, interval } = worthOf(cube, definition);
  if (value === null) return { ...base, ...none, ...money, why: waiting.why };
  return { ...base, perPrediction: value, interval, total: value * labelled, ...money, why: waiting.why };
}

function pooledPart({ pool }: BusinessMaterial, worth: BusinessValue): Pick<BusinessReport, 'pooled'> {
  const pooled = pool === undefined ? null : pooledValue(pool, worth);
  return pooled === null ? {} : { pooled };
}

function waitingOf({ definition, trailing, promised, rowsPerDay, pool }: BusinessMaterial, worth: BusinessValue): WaitingCost {
  const minimum = definition.monitoring.minimumLabels;
  const labelled = trailing?.labelled ?? 0;
  if (trailing === null || labelled < minimum) {
    return { perDay: null, interval: null, why: `Cost of waiting not shown: ${labelled} labelled rows, ${minimum} are needed.` };
  }
  const confusion = (cube: LabelCube) => cubeConfusion(cube, worth.threshold);
  return costOfWaiting({
    task: definition.task,
    promised: promised === null ? null : confusion(promised),
    observed: confusion(trailing),
    worth,
    rowsPerDay,
    effect: pool === undefined ? null : windowEffect(pool, worth),
  });
}

function worthOf(cube: LabelCube, definition: ModelDefinition): MetricEstimate {
  const found = cubeMetric(cube, definition, 'valuePerPrediction');
  if (found === null) throw new RangeError('cubeMetric left out valuePerPrediction');
  return found;
}

/** Days of waiting that cost as much as one retraining. */
function breakEven(waiting: WaitingCost, cost: number): number | null {
  return waiting.perDay === null ? null : cost / waiting.perDay;
}
