import { addSeconds, epochSeconds } from '../../pipelines/core/schema/instant.ts';
import type { WrittenModelDefinition } from '../../pipelines/core/schema/model-definition.ts';
import type { ReferenceProfile } from '../../pipelines/core/schema/reference-profile.ts';
import type { RowTable } from '../../pipelines/core/schema/row-table.ts';
import type { Signal } from '../../pipelines/core/schema/signal.ts';
import { detectSignals } from '../../pipelines/core/signals/detect-signals.ts';
import { seededRandom } from '../../pipelines/core/statistics/distributions/seeded-random.ts';
import { normals } from './random-tables.ts';
import { definitionWith, MONDAY, ordinaryDay, ordinaryReference } from './watched-world.ts';

const DAY = 86_400;
const COMMON =
  'play stop next song louder weather news today please the a radio music jazz morning call home set alarm lights kitchen'.split(' ');
const NAMES = Array.from({ length: 60 }, (_, place) => `singer${place}`);

/** What a day of a voice assistant looks like. */
export interface DayShape {
  readonly rows: number;
  readonly seed: number;
  /** Day of its rows, counted from MONDAY; spread evenly over so many days. */
  readonly day?: number;
  readonly days?: number;
  /** Between the columns `size` and `weight`, both standard normal whatever it is. */
  readonly correlation?: number;
  /** Each day moves `size` by a normal number of this spread. */
  readonly wander?: number;
  /** So many requests name this word. */
  readonly word?: string;
  readonly named?: number;
}

/** The definition of two numbers, a category and, if asked for, the text of a request. */
export function sampledDefinition(text: false | 'public' | 'personal' = false, parts: Partial<WrittenModelDefinition> = {}) {
  return definitionWith({
    columns: [
      { name: 'size', kind: 'numeric' },
      { name: 'weight', kind: 'numeric' },
      { name: 'place', kind: 'categorical' },
      ...(text === false ? [] : [{ name: 'request', kind: 'text' as const, sensitivity: text }]),
    ],
    ...parts,
  });
}

/** Rows of one or several days. */
export function sampledRows(shape: DayShape): RowTable {
  const { rows, seed, day = 0, days = 1, correlation = 0.8, wander = 0, word = '', named = 0 } = shape;
  const random = seededRandom(seed);
  const [first, second, moves] = [normals(rows, random), normals(rows, random), normals(days, random)];
  const dayOf = (row: number) => Math.floor((row * days) / rows);
  const size = first.map((value, row) => value + wander * (moves[dayOf(row)] ?? 0));
  const weight = first.map((value, row) => correlation * value + Math.sqrt(1 - correlation ** 2) * (second[row] ?? 0));
  const start = epochSeconds(addSeconds(MONDAY, day * DAY));
  const none = () => new Float64Array(rows).fill(Number.NaN);
  return {
    ids: Array.from({ length: rows }, (_, row) => `${seed}-${row}`),
    timestamps: Float64Array.from({ length: rows }, (_, row) => start + (row * days * DAY) / rows),
    numeric: { size, weight },
    categorical: { place: Array.from({ length: rows }, () => ['a', 'b', 'c'][random.below(3)] ?? null) },
    texts: {
      request: Array.from({ length: rows }, (_, row) => {
        const words = Array.from({ length: 5 }, () => COMMON[random.below(COMMON.length)] ?? '');
        const name = row < named ? word : (NAMES[random.below(NAMES.length)] ?? '');
        return [...words, name].join(' ');
      }),
    },
    scores: none(),
    predicted: none(),
    probabilities: {},
    versions: Array.from({ length: rows }, () => 'v1'),
    labels: none(),
  };
}

/** The statements about one day against fourteen days of reference; counts of columns are those of an ordinary day. */
export function sampledSignals(
  definition: ReturnType<typeof sampledDefinition>,
  { reference, window }: { readonly reference: RowTable; readonly window: RowTable },
  parts: Partial<ReferenceProfile> = {},
): readonly Signal[] {
  const profile = ordinaryDay({ rows: Math.max(1, window.ids.length), seed: 5 });
  return detectSignals({
    definition,
    reference: { ...ordinaryReference(definition), ...parts },
    profile,
    trailingCubes: [],
    cycle: [],
    sample: { reference, window },
  }).signals;
}

/** The statement of a kind about a subject. */
export function statementOf(signals: readonly Signal[], kind: Signal['kind'], subject: string): Signal {
  const found = signals.find((signal) => signal.kind === kind && signal.subject === subject);
  if (found === undefined) throw new RangeError(`no ${kind} of ${subject} among ${signals.map(({ id }) => id).join(', ')}`);
  return found;
}
