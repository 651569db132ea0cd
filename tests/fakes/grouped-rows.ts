import { ModelDefinition, type WrittenModelDefinition } from '../../pipelines/core/schema/model-definition.ts';
import type { RowTable } from '../../pipelines/core/schema/row-table.ts';
import { taskModel } from './task-world.ts';

type Parts = Partial<WrittenModelDefinition>;

const CLASSES = ['accept', 'review', 'refuse', 'defer'];
const GROUP = { name: 'group', kind: 'categorical' as const, role: 'protected' as const, values: ['a', 'b', 'c'] };
const WRONG: Readonly<Record<string, number>> = { a: 0.1, b: 0.2, c: 0.35 };
const BIAS: Readonly<Record<string, number>> = { a: 0, b: 4, c: -6 };
const NOISE: Readonly<Record<string, number>> = { a: 20, b: 24, c: 40 };
const DAY_ROWS = 100;

/** A model with one protected column: multiclass (with or without favourable classes) or regression. */
export function groupedDefinition(
  task: 'multiclass' | 'regression',
  { favourable, ...parts }: Parts & { favourable?: string[] } = {},
): ModelDefinition {
  const model = taskModel(task);
  const classes = task === 'regression' ? {} : { classes: CLASSES };
  return ModelDefinition.parse({
    ...model,
    columns: [...model.columns, GROUP],
    labels: { ...model.labels, ...classes, ...(favourable === undefined ? {} : { favourable }) },
    gate: { ...model.gate, bootstrapReplicates: 100 },
    ...parts,
  });
}

/** Linear congruential generator of Numerical Recipes: any language draws the same numbers. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(1_664_525, state) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Rows of 12 days, 100 a day: group a is served best and is largest, b is estimated too high, c is called wrong most often and estimated too low. `evenly`: all are served as a is. */
export function groupedRows(task: 'multiclass' | 'regression', { seed = 20_010_101, rows = 1200, evenly = false } = {}): RowTable {
  const next = numbers(seed);
  const events = Array.from({ length: rows }, () => {
    const group = GROUP.values[Math.floor(next() ** 2 * 3)] ?? '';
    const served = evenly ? 'a' : group;
    const label = Math.floor(next() * 4);
    const isWrong = next() < (WRONG[served] ?? 0);
    const guess = Math.floor(next() * 4);
    const predicted = isWrong ? guess : label;
    const confidence = 0.4 + 0.6 * next();
    const truth = 100 + 50 * next();
    const estimate = truth + (BIAS[served] ?? 0) + (next() - 0.5) * (NOISE[served] ?? 0);
    return { group, label, predicted, confidence, truth, estimate };
  });
  const several = task === 'multiclass';
  const of = (value: (event: (typeof events)[number]) => number) => Float64Array.from(events, value);
  return {
    ids: events.map((_, index) => `g${index}`),
    timestamps: Float64Array.from(events, (_, index) => Math.floor(index / DAY_ROWS) * 86_400 + (index % DAY_ROWS)),
    numeric: { length: of(({ confidence }) => confidence) },
    categorical: { group: events.map(({ group }) => group) },
    texts: {},
    scores: of(({ confidence, estimate }) => (several ? confidence : estimate)),
    predicted: of(({ predicted }) => (several ? predicted : Number.NaN)),
    probabilities: {},
    versions: events.map(() => null),
    labels: of(({ label, truth }) => (several ? label : truth)),
  };
}
