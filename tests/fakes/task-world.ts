import { squaredLosses } from '../../pipelines/core/evaluation/squared-losses.ts';
import { buildReference } from '../../pipelines/core/profile/build-reference.ts';
import { addSeconds } from '../../pipelines/core/schema/instant.ts';
import { ModelDefinition, type WrittenModelDefinition } from '../../pipelines/core/schema/model-definition.ts';
import type { ReferenceProfile } from '../../pipelines/core/schema/reference-profile.ts';
import { windowsBetween } from '../../pipelines/core/schema/window.ts';
import type { LabelLog } from '../../pipelines/ports/label-log.ts';
import type { PredictionLog } from '../../pipelines/ports/prediction-log.ts';
import { uniform } from './watched-world.ts';

export type OtherTask = 'multiclass' | 'regression';

/** First day of the log. The reference is the first fortnight. */
export const TASK_START = '2024-03-04T00:00:00Z';
export const DAY = 86_400;
export const REFERENCE_DAYS = 14;
const CLASSES = ['maps', 'music', 'news'];
const ROWS = 240;

const VALUE: WrittenModelDefinition['businessValue'] = {
  currency: 'EUR',
  threshold: 0.5,
  truePositive: 1,
  falsePositive: -2,
  falseNegative: -0.25,
  trueNegative: 0,
  assumption: 'invented for tests',
  assumedOn: '2024-01-01',
  owner: 'testers',
};

/** A voice assistant that calls one of three intents, or a forecast of parcels an hour. */
export function taskModel(task: OtherTask): WrittenModelDefinition {
  const several = task === 'multiclass';
  const metric = several ? ('accuracy' as const) : ('meanAbsoluteError' as const);
  return {
    schemaVersion: 1,
    name: several ? 'intents' : 'parcels',
    task,
    objective: several ? 'Call what a speaker wants.' : 'Foretell the parcels of an hour.',
    owner: 'testers',
    stakeholders: ['readers'],
    successMetrics: [{ metric, target: several ? 0.75 : 20, why: 'test' }],
    columns: [{ name: 'length', kind: 'numeric', min: 0 }],
    logs: {
      format: 'csv',
      path: 'log.csv',
      columns: { id: 'id', timestamp: 'ts', score: 'score', modelVersion: 'version', ...(several ? { prediction: 'called' } : {}) },
    },
    labels: {
      format: 'csv',
      path: 'log.csv',
      columns: { id: 'id', label: 'label' },
      delay: 'P1D',
      ...(several ? { classes: CLASSES } : {}),
    },
    monitoring: { performance: { metric, toleratedDrop: several ? 0.05 : 3 }, minimumRows: 100, minimumLabels: 100 },
    training: { algorithm: several ? 'softmaxRegression' : 'ridgeRegression' },
    gate: { rules: [{ kind: 'relative', metric, minimumImprovement: 0 }] },
    ...(several ? { businessValue: VALUE } : {}),
  };
}

export function taskDefinition(task: OtherTask): ModelDefinition {
  return ModelDefinition.parse(taskModel(task));
}

type Row = Readonly<Record<string, string | number>>;

/** Rows of some days. From the reference's end on the model is worse, and one class is called more often. */
export function taskRows(task: OtherTask, days: number): Row[] {
  const next = uniform(5);
  return Array.from({ length: days * ROWS }, (_, index): Row => {
    const isLate = index >= REFERENCE_DAYS * ROWS;
    const common = { id: `r${index}`, ts: addSeconds(TASK_START, Math.floor(index / ROWS) * DAY + (index % ROWS) * 300), version: 'v1' };
    const [length, luck, other] = [Math.floor(next() * 50), next(), next()];
    if (task === 'regression') {
      const truth = 100 + 2 * length;
      return { ...common, length, label: truth, score: truth + (luck - 0.5) * (isLate ? 80 : 30) };
    }
    const truth = CLASSES[Math.floor(other * 3)] ?? '';
    const called = luck < (isLate ? 0.55 : 0.8) ? truth : 'music';
    return { ...common, length, label: truth, called, score: Math.round((0.4 + 0.6 * (1 - luck)) * 1000) / 1000 };
  });
}

/** What the model promised, from its own log; with what its errors depend on where it is a regression. */
export async function taskReference(task: OtherTask, log: PredictionLog & LabelLog): Promise<ReferenceProfile> {
  const range = { start: TASK_START, end: addSeconds(TASK_START, REFERENCE_DAYS * DAY) };
  const asOf = addSeconds(range.end, DAY);
  const days = windowsBetween(range, DAY);
  const grids = await log.learnGrids(range, asOf);
  const windows = await log.profile(days, grids, asOf);
  const cubes = await log.cubes(days, asOf);
  const definition = taskDefinition(task);
  const rows = await log.rows({ range, asOf, limit: definition.monitoring.sampleRows, labelledOnly: false });
  const sample = { rows, losses: squaredLosses(task, rows.labels, rows), recognised: {}, importance: {}, scores: rows.scores };
  const own = task === 'regression' ? { sample } : {};
  return buildReference({ definition, version: 'v1', range, windowSeconds: DAY, windows, grids, cubes, ...own });
}
