import { expect, it } from 'vitest';
import { type SeededRandom, seededRandom } from '../../pipelines/core/statistics/distributions/seeded-random.ts';
import { bestSchedule, type Deployable } from '../bench/best-schedule.ts';

const WINDOWS = 8;

it('finds what trying every schedule finds', () => {
  const random = seededRandom(7);
  for (let world = 0; world < 50; world += 1) {
    const models = worldOf(random);

    const found = [0, 1, 2, 3].map((most) => bestSchedule(models, most).worth);

    const tried = [0, 1, 2, 3].map((most) => Math.max(...subsets(models.slice(1), most).map((chosen) => worthOf(models[0], chosen))));
    expect(found.map((worth) => worth.toFixed(9))).toEqual(tried.map((worth) => worth.toFixed(9)));
  }
});

it('names whom it promotes, in order, and promotes nobody for nothing', () => {
  const first = { name: 'v1', from: 0, worth: [1, 1, 1, 1] };
  const early = { name: 'early', from: 1, worth: [0, 2, 2, 0] };
  const late = { name: 'late', from: 3, worth: [0, 0, 0, 5] };
  const worse = { name: 'worse', from: 2, worth: [0, 0, 0, 0] };

  const best = bestSchedule([first, late, worse, early], 4);

  expect(best).toEqual({ worth: 10, promoted: ['early', 'late'] });
});

function worldOf(random: SeededRandom): [Deployable, ...Deployable[]] {
  const modelOf = (name: string, from: number): Deployable => ({
    name,
    from,
    worth: Array.from({ length: WINDOWS }, () => random.below(1_000_000)),
  });
  const later = Array.from({ length: 5 }, (_, index) => modelOf(`m${index}`, 1 + random.below(WINDOWS - 1)));
  return [modelOf('v1', 0), ...later];
}

function subsets(models: readonly Deployable[], most: number): Deployable[][] {
  const all: Deployable[][] = [[]];
  for (const model of models) all.push(...all.map((chosen) => [...chosen, model]));
  return all.filter((chosen) => chosen.length <= most && new Set(chosen.map(({ from }) => from)).size === chosen.length);
}

function worthOf(first: Deployable, chosen: readonly Deployable[]): number {
  const inOrder = chosen.toSorted((a, b) => a.from - b.from);
  return first.worth.reduce((sum, own, window) => sum + (inOrder.findLast(({ from }) => from <= window)?.worth[window] ?? own), 0);
}
