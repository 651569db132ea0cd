import { fairnessReport } from '../../pipelines/core/evaluation/fairness-report.ts';
import { FAIRNESS_SCALE } from '../../pipelines/core/schema/fairness-measures.ts';
import type { FairnessLimits, FairnessMeasure } from '../../pipelines/core/schema/fairness-policy.ts';
import type { MetricName } from '../../pipelines/core/schema/metric.ts';
import { ModelDefinition, type WrittenModelDefinition } from '../../pipelines/core/schema/model-definition.ts';
import type { Task } from '../../pipelines/core/schema/task.ts';
import { CLASSES, FAILING, FAULTY, loggedDays, type NullWorld, SLOWEST_TWENTIETH } from './whole-monitor-rows.ts';

/**
 * How limits lie. `usual`: what an owner would agree to, some way beyond what is usual. `tight`: tolerances of nothing, and every limit where the truth lies on average,
 * the hardest place to keep still.
 */
export type Limits = 'usual' | 'tight';

const METRIC: Readonly<Record<Task, MetricName>> = { binary: 'rocAuc', multiclass: 'accuracy', regression: 'meanAbsoluteError' };
/** Labels of the regression are in units of a tenth of their spread. */
const UNIT: Readonly<Record<Task, number>> = { binary: 1, multiclass: 1, regression: 10 };
const TRUTH_DAYS = 28;
const TRUTH_SEED = 424_242;
const TINY = 1e-9;

/** A definition that watches everything: groups, slices, service, value, words. */
export function wholeDefinition(world: NullWorld, limits: Limits): ModelDefinition {
  return definitionOf(world, limits, fairnessLimits(world, limits === 'tight' ? 0 : 0.03));
}

function definitionOf(world: NullWorld, limits: Limits, fairness: FairnessLimits): ModelDefinition {
  const { task } = world;
  const written: WrittenModelDefinition = {
    schemaVersion: 1,
    name: 'example',
    task,
    objective: 'Stay as it is.',
    owner: 'test bench',
    stakeholders: ['readers'],
    successMetrics: [{ metric: METRIC[task], target: 0.6, why: 'example' }],
    columns: [
      { name: 'size', kind: 'numeric', min: -3, unit: 'kg' },
      { name: 'weight', kind: 'numeric', required: false },
      { name: 'place', kind: 'categorical' },
      { name: 'flag', kind: 'categorical' },
      { name: 'group', kind: 'categorical', role: 'protected' },
      ...(task === 'multiclass' ? [{ name: 'request', kind: 'text' as const }] : []),
    ],
    slices: [
      { name: 'north', where: { place: 'north' }, toleratedIncrease: limits === 'tight' ? 0 : 0.1 },
      { name: 'group b', where: { group: 'b' }, toleratedIncrease: limits === 'tight' ? 0 : 0.1 },
    ],
    ...filesOf(task, limits),
    monitoring: { ...rulesOf(world, limits), fairness: { minimumRows: 100, limits: fairness } },
    retraining: { trials: false, minimumNewLabels: 100 },
    ...(task === 'regression' ? {} : { businessValue: VALUE }),
    gate: { rules: [] },
  };
  return ModelDefinition.parse(written);
}

const VALUE: WrittenModelDefinition['businessValue'] = {
  currency: 'EUR',
  threshold: 0.5,
  truePositive: 1,
  falsePositive: -1,
  falseNegative: -0.25,
  trueNegative: 0,
  assumption: 'invented',
  assumedOn: '2024-01-01',
  owner: 'testers',
};

function filesOf(task: Task, limits: Limits): Pick<WrittenModelDefinition, 'logs' | 'labels'> {
  const called = task === 'multiclass' ? { prediction: 'called' } : {};
  const columns = { id: 'id', timestamp: 'ts', score: 'score', modelVersion: 'version', latencyMs: 'ms', error: 'error', ...called };
  return {
    logs: { format: 'jsonl', path: 'x.jsonl', maximumQuarantineShare: limits === 'tight' ? FAULTY : 2.5 * FAULTY, columns },
    labels: {
      format: 'jsonl',
      path: 'y.jsonl',
      columns: { id: 'id', label: 'y' },
      delay: 'P2D',
      ...(task === 'binary' ? { positive: '1', negative: '0' } : {}),
      ...(task === 'multiclass' ? { classes: CLASSES, favourable: ['maps'] } : {}),
    },
  };
}

function rulesOf({ task, rows }: NullWorld, limits: Limits): NonNullable<WrittenModelDefinition['monitoring']> {
  const isTight = limits === 'tight';
  const least = Math.min(200, rows / 2);
  return {
    minimumRows: least,
    minimumLabels: least,
    sampleRows: 5000,
    multivariate: { sampleRows: 500 },
    performance: { metric: METRIC[task], toleratedDrop: (isTight ? 0 : 0.02) * UNIT[task] },
    latency: { quantile: 0.95, maximumMs: (isTight ? 1 : 1.15) * SLOWEST_TWENTIETH },
    errors: { maximumShare: (isTight ? 1 : 2) * FAILING },
    ...(isTight
      ? {
          missing: { toleratedIncrease: TINY },
          unseen: { toleratedShare: TINY },
          vocabulary: { toleratedIncrease: TINY },
          volume: { toleratedChange: TINY, toleratedGap: TINY },
        }
      : {}),
  };
}

/** The distances between groups that the world has in the long run, each moved by a margin to the side of health. */
function fairnessLimits({ task, wander, rhythm }: NullWorld, margin: number): FairnessLimits {
  const world = { task, wander, rhythm, rows: 4000, seed: TRUTH_SEED };
  const definition = definitionOf(world, 'usual', {});
  const sums = new Map<FairnessMeasure, number>();
  for (const { rows } of loggedDays(world, TRUTH_DAYS)) {
    const [report] = fairnessReport({ definition, rows, challenger: rows, champion: null, seed: 0 });
    for (const { measure, challenger } of report?.disparities ?? [])
      sums.set(measure, (sums.get(measure) ?? 0) + (challenger.value ?? 0) / TRUTH_DAYS);
  }
  return Object.fromEntries(
    [...sums].map(([measure, value]) => [measure, FAIRNESS_SCALE[measure] === 'ratio' ? value - margin : value + margin * UNIT[task]]),
  );
}
