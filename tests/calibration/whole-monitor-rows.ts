import { addSeconds, epochSeconds } from '../../pipelines/core/schema/instant.ts';
import type { RowTable } from '../../pipelines/core/schema/row-table.ts';
import type { Task } from '../../pipelines/core/schema/task.ts';
import { seededRandom } from '../../pipelines/core/statistics/distributions/seeded-random.ts';
import { normals } from '../fakes/random-tables.ts';
import { MONDAY } from '../fakes/watched-world.ts';

export const DAY = 86_400;
export const REFERENCE_DAYS = 14;
export const CLASSES = ['maps', 'music', 'news'];
const PLACES = ['north', 'south', 'east', 'west', 'port'];
const COMMON = 'play stop next song louder weather news today please the a radio music jazz morning call home set alarm lights'.split(' ');
const NAMES = Array.from({ length: 60 }, (_, place) => `singer${place}`);
/** Share of predictions that fail, share of rows that are faulty, and the latency in ms that one in twenty exceeds, on an average day. */
export const FAILING = 0.01;
export const FAULTY = 0.004;
const MEDIAN_MS = 50;
export const SLOWEST_TWENTIETH = MEDIAN_MS * Math.exp(0.5 * 1.6449);
/** Correlation of one day with the next. */
const PERSISTENCE = 0.3;

/** What nothing changes in: rows a day, how far days wander about their mean, and the rhythm of the week, in standard deviations of a number. */
export interface NullWorld {
  readonly task: Task;
  readonly rows: number;
  readonly wander: number;
  /** The same of failures, latency, gaps and faults. Left out: as all else. 0: each window keeps exactly the share that the average day has. */
  readonly faultsWander?: number;
  readonly rhythm: number;
  readonly seed: number;
}

/** One day of a log: its rows with labels, and what files and services say beside them. */
export interface LoggedDay {
  readonly day: number;
  readonly rows: RowTable;
  readonly latencies: Float64Array;
  readonly failed: number;
  readonly quarantined: number;
  readonly repeated: number;
  /** Seconds after its prediction at which the label of a row comes. */
  readonly lags: Float64Array;
}

/** Things of a day that wander on their own: numbers, their second kind, labels, skill, volume, failures, latency, missing values, faulty rows. */
const WANDERERS = 9;
const FIRST_FAULT = 5;

/** All days from the first of the reference on; the same seed gives the same days. */
export function loggedDays(world: NullWorld, count: number): LoggedDay[] {
  const random = seededRandom(world.seed);
  let levels = [...normals(WANDERERS, random)];
  return Array.from({ length: count }, (_, place) => {
    const fresh = normals(WANDERERS, random);
    levels = levels.map((level, index) => PERSISTENCE * level + Math.sqrt(1 - PERSISTENCE ** 2) * (fresh[index] ?? 0));
    const day = place - REFERENCE_DAYS;
    const wave = world.rhythm * Math.sin((2 * Math.PI * (place % 7)) / 7);
    return dayOf(world, {
      day,
      wave,
      moves: levels.map((level, index) => level * (index < FIRST_FAULT ? world.wander : (world.faultsWander ?? world.wander))),
      seed: random.uint32(),
    });
  });
}

interface DayDraw {
  readonly day: number;
  readonly wave: number;
  readonly moves: readonly number[];
  readonly seed: number;
}

function dayOf(world: NullWorld, { day, wave, moves, seed }: DayDraw): LoggedDay {
  const random = seededRandom(seed);
  const next = () => random.uint32() / 2 ** 32;
  const [size = 0, weight = 0, base = 0, skill = 0, volume = 0, failures = 0, slow = 0, gaps = 0, faults = 0] = moves;
  const rows = Math.max(1, Math.round(world.rows * Math.exp(volume + 3 * wave) + Math.sqrt(world.rows) * (normals(1, random)[0] ?? 0)));
  const [one, two, three] = [normals(rows, random), normals(rows, random), normals(rows, random)];
  const sizes = one.map((value) => value + size + wave);
  const weights = two.map((value) => value + weight);
  const groups = Array.from({ length: rows }, () => (next() < 0.6 ? 'a' : 'b'));
  const places = Array.from({ length: rows }, () => PLACES[Math.floor(next() ** (1.3 + weight) * PLACES.length)] ?? 'port');
  const answers = answersOf(world.task, { sizes, weights, noise: three, groups, base, skill, next });
  const start = epochSeconds(addSeconds(MONDAY, day * DAY));
  const missing = 0.03 * Math.exp(2 * gaps);
  const weighed = weights.map((value) => (next() < missing ? Number.NaN : value));
  const counted = (share: number) => Array.from({ length: rows }).reduce<number>((sum) => sum + Number(next() < share), 0);
  return {
    day,
    rows: {
      ids: Array.from({ length: rows }, (_, row) => `${day + REFERENCE_DAYS}-${row}`),
      timestamps: Float64Array.from({ length: rows }, () => start + Math.floor(next() * DAY)).sort(),
      numeric: { size: sizes, weight: weighed },
      categorical: { place: places, flag: Array.from({ length: rows }, () => (next() < 0.03 ? 'yes' : 'no')), group: groups },
      texts: world.task === 'multiclass' ? { request: Array.from({ length: rows }, () => sentence(next)) } : {},
      ...answers,
      probabilities: {},
      versions: Array.from({ length: rows }, () => 'v1'),
    },
    latencies: Float64Array.from(normals(rows, random), (value) => MEDIAN_MS * Math.exp(0.5 * value + slow)),
    failed: counted(FAILING * Math.exp(2 * failures)),
    quarantined: counted(FAULTY * Math.exp(2 * faults)),
    repeated: counted(FAULTY * Math.exp(-2 * faults)),
    lags: Float64Array.from({ length: rows }, () => DAY * (0.2 - 0.7 * Math.log(1 - next()))),
  };
}

function sentence(next: () => number): string {
  const words = Array.from({ length: 5 }, () => COMMON[Math.floor(next() * COMMON.length)] ?? '');
  return [...words, NAMES[Math.floor(next() * NAMES.length)] ?? ''].join(' ');
}

interface Inputs {
  readonly sizes: Float64Array;
  readonly weights: Float64Array;
  readonly noise: Float64Array;
  readonly groups: readonly string[];
  readonly base: number;
  readonly skill: number;
  readonly next: () => number;
}

/** What the model answers and what turns out: it is calibrated on average, and days go better and worse. */
function answersOf(
  task: Task,
  { sizes, weights, noise, groups, base, skill, next }: Inputs,
): Pick<RowTable, 'scores' | 'predicted' | 'labels'> {
  const none = new Float64Array(sizes.length).fill(Number.NaN);
  const latent = sizes.map((value, row) => 0.9 * value + 0.5 * (weights[row] ?? 0) + (groups[row] === 'a' ? 0.15 : -0.15));
  if (task === 'regression') {
    const scores = latent.map((value) => 100 + 10 * value);
    const labels = scores.map((value, row) => value + 2 * base + 10 * Math.exp(0.2 * (weights[row] ?? 0) + skill) * (noise[row] ?? 0));
    return { scores, predicted: none, labels };
  }
  if (task === 'binary') {
    const labels = latent.map((value) => Number(next() < logistic((1 + skill) * value + base)));
    return { scores: latent.map(logistic), predicted: none, labels };
  }
  const predicted = latent.map((value) => (value > 0.6 ? 0 : value > -0.6 ? 1 : 2));
  const confidence = noise.map((value) => 0.35 + 0.65 * logistic(1 + value));
  const labels = predicted.map((called, row) =>
    next() < (confidence[row] ?? 0) - 0.3 * skill ? called : (called + 1 + Math.floor(next() * 2)) % 3,
  );
  return { scores: confidence, predicted, labels };
}

function logistic(value: number): number {
  return 1 / (1 + Math.exp(-value));
}
