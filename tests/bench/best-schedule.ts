/** A model and when it could have been deployed at the earliest: its place among the windows. */
export interface Deployable {
  readonly name: string;
  readonly from: number;
  /** What each window would have been worth under it, higher is better; 0 for windows that cannot be measured. */
  readonly worth: readonly number[];
}

export interface Schedule {
  readonly worth: number;
  /** Names of the promoted models, in order of time. */
  readonly promoted: readonly string[];
}

/**
 * The best that anybody who knew the future could have done with at most `most` promotions: every promoted model serves from the moment it was
 * there until the next one is. A bound on every policy that chooses among these models at these moments.
 *
 * Exact, by dynamic programming over (promotions, serving model): the best way to have model b take over from a needs only the best way to have
 * come to a. O(most · models²) after sums over windows. The first model serves at the start; the order of the others does not matter.
 */
export function bestSchedule(models: readonly [Deployable, ...Deployable[]], most: number): Schedule {
  const [first, ...later] = models;
  const sums = new Map(models.map((model) => [model, runningSums(model.worth)] as const));
  const worthOf = (model: Deployable, from: number, to: number) => (sums.get(model)?.[to] ?? 0) - (sums.get(model)?.[from] ?? 0);
  const end = first.worth.length;
  let arrived = new Map<Deployable, Schedule>([[first, { worth: 0, promoted: [] }]]);
  let best: Schedule = { worth: worthOf(first, 0, end), promoted: [] };
  for (let promotions = 1; promotions <= most; promotions += 1) {
    const next = new Map<Deployable, Schedule>();
    for (const model of later) {
      for (const [before, { worth, promoted }] of arrived) {
        const since = before === first ? 0 : before.from;
        if (before !== first && before.from >= model.from) continue;
        const total = worth + worthOf(before, since, model.from);
        const known = next.get(model);
        if (known === undefined || total > known.worth) next.set(model, { worth: total, promoted: [...promoted, model.name] });
      }
    }
    for (const [model, { worth, promoted }] of next) {
      const total = worth + worthOf(model, model.from, end);
      if (total > best.worth) best = { worth: total, promoted };
    }
    arrived = next;
  }
  return best;
}

function runningSums(worth: readonly number[]): Float64Array {
  const sums = new Float64Array(worth.length + 1);
  for (const [window, value] of worth.entries()) sums[window + 1] = (sums[window] ?? 0) + value;
  return sums;
}
