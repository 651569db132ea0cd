import { type MulticlassFigure, type MulticlassMetric, multiclassMetrics } from '../metrics/multiclass-metrics.ts';
import { type LabelledClasses, oneHot } from '../metrics/realised-multiclass.ts';
import { type CalibrationMap, fitCalibrationMap, levelsAt, probabilityAt } from './calibration-map.ts';
import { coarsenScores } from './coarsen-scores.ts';
import type { EstimatedMetric } from './estimated-classification.ts';

/** Calibrations of each class against the rest, and for each reference row the level that it lies on and what it adds to that level's error. */
export interface MulticlassMap {
  readonly maps: readonly CalibrationMap[];
  readonly places: readonly Uint32Array[];
  readonly residuals: readonly Float64Array[];
}

/** Unlabelled predictions over K classes. */
export type UnlabelledClasses = Pick<LabelledClasses, 'scores' | 'called'>;

/** Which classes to calibrate (see `decideCalibration`), and whether through classes of scores (`coarsenScores`, the default) or single scores. */
export interface MulticlassOptions {
  readonly calibrate: readonly boolean[];
  readonly coarse?: boolean;
}

/** Learns the calibration of each class against the rest from labelled reference rows. O(K · n log n). */
export function fitMulticlassMap(
  { scores, labels }: Pick<LabelledClasses, 'scores' | 'labels'>,
  options: MulticlassOptions,
): MulticlassMap {
  const positives = oneHot(labels, scores.length);
  const maps = scores.map((of, k) => {
    const positive = positives[k] ?? new Float64Array();
    const groups = { scores: of, positives: positive, negatives: positive.map((label) => 1 - label) };
    return fitCalibrationMap(options.coarse === false ? groups : coarsenScores(groups), options.calibrate[k] !== true);
  });
  const places = maps.map((map, k) => Uint32Array.from(scores[k] ?? [], (score) => nearestLevel(map, score)));
  const residuals = maps.map((map, k) => {
    const rowsOf = new Float64Array(map.levels.length);
    for (const place of places[k] ?? []) rowsOf[place] = (rowsOf[place] ?? 0) + 1;
    return Float64Array.from(
      places[k] ?? [],
      (place, row) => ((positives[k]?.[row] ?? 0) - (map.levels[place] ?? 0)) / (rowsOf[place] ?? 1),
    );
  });
  return { maps, places, residuals };
}

function nearestLevel(map: CalibrationMap, score: number): number {
  const { lower, upper, share } = levelsAt(map, score);
  return share > 0.5 ? upper : lower;
}

/** Probabilities of each class per row: calibrated one against the rest, then scaled to add up to 1 (equal shares where all are 0). */
export function classProbabilities(
  { maps }: MulticlassMap,
  scores: readonly Float64Array[],
): { shares: Float64Array[]; totals: Float64Array } {
  const raw = maps.map((map, k) => (scores[k] ?? new Float64Array()).map((score) => probabilityAt(map, score)));
  const totals = (raw[0] ?? new Float64Array()).map((_, row) => raw.reduce((sum, of) => sum + (of[row] ?? 0), 0));
  return {
    shares: raw.map((of) => of.map((value, row) => ((totals[row] ?? 0) > 0 ? value / (totals[row] ?? 1) : 1 / raw.length))),
    totals,
  };
}

/**
 * Performance over several classes without labels: as `estimateClassification`, with one calibration a class against the rest.
 *
 * Label noise of a row is the variance of its influence over the classes it may be of. Map noise is the sum over reference rows of the squared
 * effect that each has on the estimate through all calibrations together, since one label moves them all. Assumes what the binary case assumes. O(K · n log n).
 */
export function estimateMulticlass(
  rows: UnlabelledClasses,
  map: MulticlassMap,
  worth?: readonly (readonly number[])[],
): EstimatedMetric<MulticlassMetric>[] {
  const { shares, totals } = classProbabilities(map, rows.scores);
  return multiclassMetrics({ ...rows, belongs: shares }, worth).map((figure) => {
    const { metric, value, why } = figure;
    if (value === null) return { metric, value, why, labelNoise: null, mapNoise: null, standardError: null };
    const { label, hanging } = errorSources({ rows, map, shares, totals, influence: figure.influence });
    const mapped = mapVariance(map, hanging);
    return { metric, value, why, labelNoise: Math.sqrt(label), mapNoise: Math.sqrt(mapped), standardError: Math.sqrt(label + mapped) };
  });
}

/** A cell of the confusion matrix that labels will probably give: places of the classes, and its share of all rows. */
export interface EstimatedCell {
  readonly called: number;
  readonly actual: number;
  readonly share: number;
  readonly standardError: number;
}

/** The confusion matrix without labels, with the errors of `estimateMulticlass`, by called, then by actual class. O(n · K²). */
export function estimateConfusion({ scores, called }: UnlabelledClasses, map: MulticlassMap): EstimatedCell[] {
  const all = called.length;
  return map.maps.flatMap((_, answer) => {
    const places = Array.from(called, (each, row) => (each === answer ? row : -1)).filter((row) => row >= 0);
    const rows = { scores: scores.map((of) => Float64Array.from(places, (row) => of[row] ?? 0)), called: places.map(() => answer) };
    const { shares, totals } = classProbabilities(map, rows.scores);
    return shares.map((of, actual) => {
      const influence = (_row: number, ofClass: number) => Number(ofClass === actual) / all;
      const { label, hanging } = errorSources({ rows, map, shares, totals, influence });
      const share = of.reduce((sum, each) => sum + each, 0) / all;
      return { called: answer, actual, share, standardError: Math.sqrt(label + mapVariance(map, hanging)) };
    });
  });
}

/** How far the labels of the reference move an estimate: one label moves the calibrations of all classes together. */
function mapVariance({ maps, places, residuals }: MulticlassMap, hanging: readonly Float64Array[]): number {
  return (places[0] ?? new Uint32Array()).reduce((sum, _, row) => {
    const effect = maps.reduce((total, _map, k) => total + (hanging[k]?.[places[k]?.[row] ?? 0] ?? 0) * (residuals[k]?.[row] ?? 0), 0);
    return sum + effect * effect;
  }, 0);
}

interface Estimating {
  readonly rows: UnlabelledClasses;
  readonly map: MulticlassMap;
  readonly shares: readonly Float64Array[];
  readonly totals: Float64Array;
  readonly influence: MulticlassFigure['influence'];
}

/** Variance by chance in the labels, and per class and level the slope of the metric that hangs on it. */
function errorSources({ rows, map, shares, totals, influence }: Estimating): { label: number; hanging: Float64Array[] } {
  const hanging = map.maps.map(({ levels }) => new Float64Array(levels.length));
  let label = 0;
  for (let row = 0; row < totals.length; row += 1) {
    const effects = map.maps.map((_, k) => influence(row, k));
    const mean = effects.reduce((sum, effect, k) => sum + effect * (shares[k]?.[row] ?? 0), 0);
    label += effects.reduce((sum, effect, k) => sum + (shares[k]?.[row] ?? 0) * (effect - mean) ** 2, 0);
    for (const [k, effect] of effects.entries()) {
      const { lower, upper, share } = levelsAt(map.maps[k] ?? EMPTY, rows.scores[k]?.[row] ?? 0);
      const slope = (totals[row] ?? 0) > 0 ? (effect - mean) / (totals[row] ?? 1) : 0;
      const on = hanging[k] ?? new Float64Array();
      on[lower] = (on[lower] ?? 0) + slope * (1 - share);
      on[upper] = (on[upper] ?? 0) + slope * share;
    }
  }
  return { label, hanging };
}

const EMPTY: CalibrationMap = { isIdentity: true, curve: { x: [0], y: [0] }, levels: [0], variance: [0] };
