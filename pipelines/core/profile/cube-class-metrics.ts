import type { ConfusionCell, LabelCube } from '../schema/label-cube.ts';
import { normalInterval } from '../statistics/intervals/normal-interval.ts';
import { weightedMoments } from '../statistics/intervals/weighted-moments.ts';
import { wilsonInterval } from '../statistics/intervals/wilson-interval.ts';
import type { BareMetric } from './bare-metric.ts';

/** Accuracy (Wilson) and macro F1 (delta method) of a multiclass cube. */
export function cubeClassMetrics(cube: LabelCube): BareMetric[] {
  return [accuracy(cube), macroF1(cube.confusion ?? [])];
}

function accuracy({ positives, labelled }: LabelCube): BareMetric {
  const base = { metric: 'accuracy' as const, method: 'Share of rows whose called class is the true one, Wilson interval' };
  if (labelled === 0) return { ...base, value: null, interval: null, why: 'There is no labelled row.' };
  return { ...base, value: positives / labelled, interval: wilsonInterval(positives, labelled), why: null };
}

/** F1 of one class from rows: 2TP / (2TP + FP + FN). */
interface ClassCounts {
  readonly hits: number;
  /** 2TP + FP + FN: rows called so and rows that are so. */
  readonly both: number;
}

/**
 * Mean F1 of the classes that occur among the called or true ones, as scikit-learn's macro average over the labels that are present. The
 * interval is that of the mean influence of a row: a hit of class k moves F1ₖ by (2 − 2F1ₖ)/bothₖ, a row called k or truly k alone by −F1ₖ/bothₖ.
 */
function macroF1(confusion: readonly ConfusionCell[]): BareMetric {
  const base = { metric: 'macroF1' as const, method: 'Mean F1 of the classes that occur, delta-method interval' };
  const classes = countClasses(confusion);
  if (classes.size === 0) return { ...base, value: null, interval: null, why: 'There is no labelled row.' };
  const f1 = new Map([...classes].map(([place, { hits, both }]) => [place, (2 * hits) / both]));
  const value = [...f1.values()].reduce((sum, each) => sum + each, 0) / classes.size;
  const rows = confusion.reduce((sum, [, , count]) => sum + count, 0);
  const pull = (place: number, hit: number) => (hit - (f1.get(place) ?? 0)) / (classes.get(place)?.both ?? 1);
  const influences = confusion.map(([called, actual, weight]) => {
    const moved = called === actual ? 2 * pull(called, 1) : pull(called, 0) + pull(actual, 0);
    return { value: (rows * moved) / classes.size, weight };
  });
  const standardError = weightedMoments(influences)?.standardError ?? null;
  const interval = standardError === null ? null : normalInterval({ value, standardError, minimum: 0, maximum: 1 });
  return { ...base, value, interval, why: null };
}

function countClasses(confusion: readonly ConfusionCell[]): Map<number, ClassCounts> {
  const classes = new Map<number, ClassCounts>();
  const add = (place: number, rows: number, hits: number) => {
    const held = classes.get(place) ?? { hits: 0, both: 0 };
    classes.set(place, { hits: held.hits + hits, both: held.both + rows });
  };
  for (const [called, actual, rows] of confusion) {
    add(called, rows, called === actual ? rows : 0);
    add(actual, rows, 0);
  }
  return classes;
}
