import { binnedKolmogorovSmirnov } from '../../pipelines/core/statistics/distances/binned-kolmogorov-smirnov.ts';
import { jensenShannonDistance } from '../../pipelines/core/statistics/distances/jensen-shannon.ts';
import { wasserstein } from '../../pipelines/core/statistics/distances/wasserstein.ts';
import { kstwoUpperTail } from '../../pipelines/core/statistics/distributions/kstwo-upper-tail.ts';
import { evidentlyCategoryDrifts } from '../oracles/peers/evidently-rules.ts';
import { nannymlThreshold } from '../oracles/peers/nannyml-rules.ts';
import { doaneEdges, histogram } from '../oracles/peers/numpy-bins.ts';
import type { NullWorld } from './null-worlds.ts';

/** Counts by value of the ten reference chunks, of the reference, and of the window that is judged. */
export interface PeerCounts {
  readonly chunks: readonly (readonly number[])[];
  readonly reference: readonly number[];
  readonly current: readonly number[];
}

/**
 * Whether Evidently's default calls the column drifted, from counts by value: exact for its distances. For its Kolmogorov-Smirnov test the
 * asymptotic p value stands for the exact one.
 */
export function evidentlyDrifts({ values }: NullWorld, { reference, current }: PeerCounts): boolean {
  const rows = sum(reference);
  const distinct = reference.filter((count, index) => count + (current[index] ?? 0) > 0).length;
  if (values === null || distinct <= 5) return evidentlyCategoryDrifts({ reference, current });
  if (rows > 1000) return normedWasserstein(values, reference, current) >= 0.1;
  const gap = binnedKolmogorovSmirnov(reference, current);
  return kstwoUpperTail(gap, Math.max(1, Math.round((rows * sum(current)) / (rows + sum(current))))) <= 0.05;
}

/** Whether NannyML's default alerts: Jensen-Shannon distance above mean + 3 standard deviations of the reference's own chunks. */
export function nannymlAlerts({ values }: NullWorld, { chunks, reference, current }: PeerCounts): boolean {
  const classes = values === null ? (counts: readonly number[]) => [...counts] : doaneClasses(values, reference);
  const before = classes(reference);
  const distance = (counts: readonly number[]) => jensenShannonDistance(before, classes(counts));
  return distance(current) > nannymlThreshold(chunks.map(distance)).upper;
}

/** Counts by Doane's bins of the reference, with one more for what lies outside. */
function doaneClasses(values: readonly number[], reference: readonly number[]): (counts: readonly number[]) => number[] {
  const edges = doaneEdges(values, reference);
  const bins = values.map((value) => histogram([value], edges).indexOf(1));
  return (counts) => {
    const found = new Array<number>(edges.length).fill(0);
    for (const [index, count] of counts.entries()) {
      const bin = bins[index] ?? -1;
      const place = bin < 0 ? edges.length - 1 : bin;
      found[place] = (found[place] ?? 0) + count;
    }
    return found;
  };
}

function normedWasserstein(values: readonly number[], reference: readonly number[], current: readonly number[]): number {
  const points = (counts: readonly number[]) =>
    counts.flatMap((weight, index) => (weight > 0 ? [{ value: values[index] ?? 0, weight }] : []));
  const rows = sum(reference);
  const mean = reference.reduce((total, count, index) => total + count * (values[index] ?? 0), 0) / rows;
  const variance = reference.reduce((total, count, index) => total + count * ((values[index] ?? 0) - mean) ** 2, 0) / rows;
  return wasserstein(points(reference), points(current)) / Math.max(Math.sqrt(variance), 0.001);
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
