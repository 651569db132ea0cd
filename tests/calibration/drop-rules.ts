import { normalQuantile } from '../../pipelines/core/statistics/distributions/normal-quantile.ts';
import { studentTQuantile } from '../../pipelines/core/statistics/distributions/student-t-quantile.ts';
import { blockConfidenceSequence } from '../../pipelines/core/statistics/sequential/block-confidence-sequence.ts';
import { lastingDrop } from '../../pipelines/core/statistics/sequential/lasting-drop.ts';
import type { Uniform } from './simulated-features.ts';

export const TOLERATED = 0.02;
const PROMISED = 0.7;
const BUDGET = 90;
const POOLED = 7;
/** Standard error of the AUC of some 1,600 rows: what remains where days do not differ. */
const ROW_NOISE = 0.012;
const WARM_UP = 20;

export interface DayWorld {
  readonly spread: number;
  readonly correlation: number;
  readonly drop: number;
  /** Good days before the drop begins. */
  readonly after?: number;
  readonly referenceDays: number;
  readonly looks: number;
}

/** The AUC of every day: a wandering level of the day, and the noise of its rows. The drop begins with the first day after the reference, or later. */
export function drawDays(world: DayWorld, next: Uniform): { reference: number[]; days: number[] } {
  const { spread, correlation, drop, referenceDays, looks, after = 0 } = world;
  let level = 0;
  const all = Array.from({ length: WARM_UP + referenceDays + looks }, () => {
    level = correlation * level + Math.sqrt(1 - correlation ** 2) * normalQuantile(next());
    return PROMISED + spread * level + ROW_NOISE * normalQuantile(next());
  }).slice(WARM_UP);
  return {
    reference: all.slice(0, referenceDays),
    days: all.slice(referenceDays).map((value, day) => (day < after ? value : value - drop)),
  };
}

const quantiles = new Map<number, number>();

/** Student's t that 2.5 % lie above, worked out once for each number of degrees of freedom: the rules ask at every look. */
function upperQuantile(degreesOfFreedom: number): number {
  const known = quantiles.get(degreesOfFreedom) ?? studentTQuantile(0.025, degreesOfFreedom);
  quantiles.set(degreesOfFreedom, known);
  return known;
}

/** Whether a rule alarms after the newest of the days. */
export type DropRule = (reference: readonly number[], days: readonly number[]) => boolean;

const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
function varianceOf(values: readonly number[]): number {
  const mean = meanOf(values);
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
}

export const DROP_RULES: Readonly<Record<string, DropRule>> = {
  '7 days, 95 % by rows (as before)': (_, days) => {
    const pooled = days.slice(-POOLED);
    return meanOf(pooled) + (1.96 * ROW_NOISE) / Math.sqrt(pooled.length) < PROMISED - TOLERATED;
  },
  '7 days, 95 % by days': (reference, days) => {
    const pooled = days.slice(-POOLED);
    if (pooled.length < 3) return false;
    const error = Math.sqrt(varianceOf(pooled) / pooled.length + varianceOf(reference) / reference.length);
    return meanOf(pooled) + upperQuantile(pooled.length - 1) * error < meanOf(reference) - TOLERATED;
  },
  'betting on blocks (bounded days)': (reference, days) =>
    blockConfidenceSequence(days, 0.05).upper < blockConfidenceSequence(reference, 0.05).lower - TOLERATED,
  'asymptotic sequence since the start, 5 %': (reference, days) => {
    if (days.length < 2) return false;
    const doubt = upperQuantile(reference.length - 1) * Math.sqrt(varianceOf(reference) / reference.length);
    const half = asymptoticHalfWidth({ count: days.length, deviation: Math.sqrt(varianceOf(days)), alpha: 0.025, best: 30 });
    return meanOf(days) + half < meanOf(reference) - doubt - TOLERATED;
  },
  'asymptotic sequence from every start, 1/90': (reference, days) => {
    const deviation = Math.sqrt(varianceOf(reference));
    const limit = meanOf(reference) - upperQuantile(reference.length - 1) * Math.sqrt(varianceOf(reference) / reference.length);
    let [count, sum] = [0, 0];
    for (const value of days.slice(-BUDGET).reverse()) {
      count += 1;
      sum += value;
      if (sum / count + asymptoticHalfWidth({ count, deviation, alpha: 1 / BUDGET, best: 14 }) < limit - TOLERATED) return true;
    }
    return false;
  },
  'Bayes factors from every start (ours)': (reference, days) =>
    lastingDrop({ reference, windows: days.map((value) => ({ value, error: ROW_NOISE })), tolerated: TOLERATED }).total >= BUDGET,
};

/** One-sided asymptotic confidence sequence (Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas, https://arxiv.org/abs/2103.06476, appendix B.1). */
function asymptoticHalfWidth(at: { count: number; deviation: number; alpha: number; best: number }): number {
  const { count, deviation, alpha, best } = at;
  const doubt = -2 * Math.log(alpha);
  const rho = (doubt + Math.log(doubt + 1)) / best;
  return deviation * Math.sqrt(((2 * (count * rho + 1)) / (count * count * rho)) * Math.log1p(Math.sqrt(count * rho + 1) / (2 * alpha)));
}
