/** How often days of a log are empty without any fault. */
export interface DayRhythm {
  /** Mean rows of a day at each place in the week (or of whatever `place` counts); null where no day lies there. */
  readonly means: readonly (number | null)[];
  /** Variance beyond Poisson over the squared mean, at least 0: days whose rate wanders by 30 % have 0.09. */
  readonly spread: number;
  /** Of the days that usually have rows: how many there were, how many of them were empty, and how many of those followed an empty one. */
  readonly due: number;
  readonly empty: number;
  readonly emptyAgain: number;
}

/** One day: its place in the week, and its rows. */
export interface CountedDay {
  readonly place: number;
  readonly rows: number;
}

const PLACES = 7;

/**
 * The rhythm of consecutive days, oldest first. The spread is the moment estimate of a negative binomial with one spread for all places, Σ (N/(N − G) · (x − m)² − m) / Σ m²
 * (https://en.wikipedia.org/wiki/Negative_binomial_distribution); where no place has a second day, days with rows are taken for alike. O(days).
 */
export function dayRhythm(days: readonly CountedDay[]): DayRhythm {
  const at = Array.from({ length: PLACES }, (_, place) => days.filter((day) => day.place === place).map(({ rows }) => rows));
  const means = at.map((rows) => (rows.length === 0 ? null : mean(rows)));
  const due = days.filter(({ place }) => (means[place] ?? 0) > 0);
  const groups = at.filter((rows) => mean(rows) > 0);
  const repeated = groups.some((rows) => rows.length > 1);
  const emptyAgain = due.filter(({ rows }, index) => index > 0 && rows === 0 && due[index - 1]?.rows === 0).length;
  return {
    means,
    spread: spreadOf(repeated ? groups : [groups.flat()]),
    due: due.length,
    empty: due.filter(({ rows }) => rows === 0).length,
    emptyAgain,
  };
}

/**
 * Chance that at least `silent` of the days of a window are empty where nothing is wrong, and the window holds `rows` rows. A day is empty by chance with (1 + s · m)^(−1/s), the zero term of a
 * negative binomial of mean m and spread s (e^(−m) for s = 0), m the smaller of what is usual at its place and its part of the rows; at least as often as days of the rhythm were,
 * with one more counted; and after an empty day as often as one followed another there, with one more counted. Days are a two-state Markov chain, counted exactly. Days at places that never hold rows count nothing. O(days²).
 *
 * @example silentDaysChance(dayRhythm([1, 2, 3, 4, 5, 6].map((place) => ({ place, rows: 100 }))), { places: [1, 2, 3], rows: 200, silent: 1 }) < 1e-20; // => true
 */
export function silentDaysChance(
  rhythm: DayRhythm,
  { places, rows, silent }: { readonly places: readonly number[]; readonly rows: number; readonly silent: number },
): number {
  const usual = places.map((place) => rhythm.means[place] ?? 0).filter((each) => each > 0);
  const whole = usual.reduce((sum, each) => sum + each, 0);
  const { due, empty, emptyAgain, spread } = rhythm;
  const seen = empty === 0 ? 0 : Math.min(1, (empty + 1) / (due + 1));
  const again = empty === 0 ? 0 : Math.min(1, (emptyAgain + 1) / (empty + 1));
  // By the number of empty days so far: chance that the last one has rows, and that it is empty.
  let filledLast = [1];
  let emptyLast = [0];
  for (const each of usual) {
    const chance = Math.max(seen, emptyChance(Math.min(each, (rows * each) / whole), spread));
    const after = Math.max(chance, again);
    const at = (list: readonly number[], place: number) => list[place] ?? 0;
    const [filled, bare] = [filledLast, emptyLast];
    const counts = Array.from({ length: filled.length + 1 }, (_, count) => count);
    filledLast = counts.map((count) => at(filled, count) * (1 - chance) + at(bare, count) * (1 - after));
    emptyLast = counts.map((count) => at(filled, count - 1) * chance + at(bare, count - 1) * after);
  }
  return Math.min(
    1,
    filledLast.reduce((sum, chance, count) => (count < silent ? sum : sum + chance + (emptyLast[count] ?? 0)), 0),
  );
}

function emptyChance(expected: number, spread: number): number {
  return spread === 0 ? Math.exp(-expected) : (1 + spread * expected) ** (-1 / spread);
}

function spreadOf(groups: readonly (readonly number[])[]): number {
  const days = groups.reduce((sum, rows) => sum + rows.length, 0);
  const freedom = days - groups.length;
  if (freedom <= 0) return 0;
  let [beyond, squares] = [0, 0];
  for (const rows of groups) {
    const middle = mean(rows);
    for (const count of rows) beyond += (days / freedom) * (count - middle) ** 2 - middle;
    squares += rows.length * middle ** 2;
  }
  return squares === 0 ? 0 : Math.max(0, beyond / squares);
}

function mean(rows: readonly number[]): number {
  return rows.length === 0 ? 0 : rows.reduce((sum, count) => sum + count, 0) / rows.length;
}
