import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addSeconds } from '../../pipelines/core/schema/instant.ts';
import { ModelDefinition } from '../../pipelines/core/schema/model-definition.ts';
import { seededRandom } from '../../pipelines/core/statistics/distributions/seeded-random.ts';
import type { OtherTask } from './task-world.ts';

export const WORLD_START = '2024-03-04T00:00:00Z';
const DAY = 86_400;
const ROWS = 80;
const INTENTS = ['call', 'music', 'news'];
/** Words by which intents are told; on a turned day they mean the next intent. */
const WORDS = [
  ['ring', 'phone up', 'dial'],
  ['play', 'put on', 'listen to'],
  ['what happened', 'headlines', 'tell me of'],
];
const NAMES = ['anna', 'bert', 'cleo', 'dora', 'emil'];

export function worldDay(count: number): string {
  return addSeconds(WORLD_START, count * DAY);
}

/** A model of a few columns that a linear model can learn: parcels an hour, or the intent of a query. */
export function learntDefinition(task: OtherTask): ModelDefinition {
  const several = task === 'multiclass';
  const metric = several ? ('accuracy' as const) : ('meanAbsoluteError' as const);
  return ModelDefinition.parse({
    schemaVersion: 1,
    name: several ? 'intents' : 'parcels',
    task,
    objective: several ? 'Tell what a speaker wants.' : 'Foretell the parcels of an hour.',
    owner: 'testers',
    stakeholders: ['readers'],
    successMetrics: [{ metric, target: several ? 0.9 : 10, why: 'test' }],
    columns: several
      ? [{ name: 'query', kind: 'text' }]
      : [
          { name: 'orders', kind: 'numeric' },
          { name: 'shift', kind: 'categorical' },
        ],
    // Nobody has predicted yet: constants stand in for what a backtest computes anew.
    logs: {
      format: 'csv',
      path: 'log.csv',
      columns: { id: 'id', timestamp: 'ts', score: 'none', ...(several ? { prediction: 'label' } : {}) },
    },
    labels: {
      format: 'csv',
      path: 'log.csv',
      columns: { id: 'id', label: 'label' },
      delay: 'P1D',
      ...(several ? { classes: INTENTS } : {}),
    },
    monitoring: {
      performance: { metric, toleratedDrop: several ? 0.05 : 2 },
      minimumRows: 40,
      minimumLabels: 60,
      multivariate: { enabled: false },
    },
    training: {
      algorithm: several ? 'softmaxRegression' : 'ridgeRegression',
      minimumCategoryCount: 5,
      recentRange: 'P14D',
      heldOutRange: 'P7D',
      hyperparameters: { textBuckets: 256 },
    },
    gate: {
      rules: [{ kind: 'relative', metric, minimumImprovement: 0 }],
      minimumLabels: 200,
      bootstrapReplicates: 100,
      maximumLatencyMs: 1000,
    },
    retraining: { minimumNewLabels: 500, cooldown: 'P14D', budget: { proposals: 6, per: 'P90D' }, cost: 10 },
    privacy: { minimumCount: 1 },
  });
}

/** Writes the log of some days into a folder. On a turned day what columns say means something else. */
export function writeWorld(
  folder: string,
  task: OtherTask,
  of: { readonly days: number; readonly isTurned: (day: number) => boolean },
): void {
  const random = seededRandom(17);
  const unit = () => random.uint32() / 2 ** 32;
  const pick = <T>(from: readonly T[]) => from[random.below(from.length)] as T;
  const lines = Array.from({ length: of.days * ROWS }, (_, row) => {
    const day = Math.floor(row / ROWS);
    const isTurned = of.isTurned(day);
    const stamp = `r${String(row).padStart(6, '0')},${addSeconds(WORLD_START, day * DAY + (row % ROWS) * 1000)},0.5`;
    if (task === 'multiclass') {
      const intent = random.below(INTENTS.length);
      const said = (intent + (isTurned ? 1 : 0)) % INTENTS.length;
      const words = unit() < 0.9 ? pick(WORDS[said] ?? []) : 'please';
      return `${stamp},${words} ${pick(NAMES)},${INTENTS[intent]}`;
    }
    const [orders, shift] = [Math.floor(200 * unit()), pick(['early', 'late'])];
    const parcels = 20 + (isTurned ? 0.9 : 0.5) * orders + (shift === 'late' ? 15 : 0) + 12 * (unit() - 0.5);
    return `${stamp},${orders},${shift},${parcels.toFixed(2)}`;
  });
  const header = task === 'multiclass' ? 'id,ts,none,query,label' : 'id,ts,none,orders,shift,label';
  writeFileSync(join(folder, 'log.csv'), `${[header, ...lines].join('\n')}\n`);
}
