import type { SecondEstimate } from '../profile/second-estimate.ts';
import type { Interval } from '../schema/interval.ts';
import type { MetricName } from '../schema/metric.ts';
import { metricDigits, metricName } from '../schema/phrase-metric.ts';
import { phraseInterval, phraseNumber } from '../schema/phrase-number.ts';
import type { SecondOpinion } from '../schema/signal.ts';
import { withSecondOpinion } from '../statistics/estimation/second-opinion.ts';
import { metricLimits } from './estimate-band.ts';
import { figure } from './phrase-figures.ts';

/** An estimate with its standard error, and by how much the windows of the reference widen its band. */
export interface FirstEstimate {
  readonly metric: MetricName;
  readonly value: number;
  readonly standardError: number;
  readonly interval: Interval;
  readonly factor: number;
}

/** What a second opinion makes of an estimate: the band to judge by, and what to say. */
export interface WeighedOpinion {
  readonly interval: Interval;
  readonly opinion: SecondOpinion;
}

/**
 * Holds an estimate against the one whose reference was weighted to look like the window (see `withSecondOpinion`). The first stays the figure; where they
 * disagree, the band grows to hold both, so that a second opinion can take an alarm away but never raise one. null: it says nothing of this metric.
 */
export function weighSecondOpinion(first: FirstEstimate, second: SecondEstimate): WeighedOpinion | null {
  const { metric, value, factor } = first;
  const { weights, referenceRows, metrics } = second;
  const { effectiveRows, outOfSupport, isUsable } = weights;
  const facts = { referenceRows, effectiveRows: Number(effectiveRows.toPrecision(6)), outOfSupport: Number(outOfSupport.toPrecision(6)) };
  if (!isUsable) {
    const why = `No second opinion: ${weights.why ?? 'the reference does not look like these rows.'}`;
    return { interval: first.interval, opinion: { value: null, interval: null, agrees: null, ...facts, why } };
  }
  const found = metrics.find((each) => each.metric === metric);
  if (found === undefined) return null;
  const other = value + found.change;
  const [labelNoise, mapNoise] = [factor * found.labelNoise, factor * found.mapNoise];
  const [own, others] = [
    { metric, value, labelNoise: null, mapNoise: null, standardError: factor * first.standardError, why: null },
    { metric, value: other, labelNoise, mapNoise, standardError: Math.hypot(labelNoise, mapNoise), why: null },
  ];
  const [judged] = withSecondOpinion({ first: [own], second: [others], weights });
  const [alone] = withSecondOpinion({ first: [others], second: [], weights });
  const agrees = judged?.isTrustworthy ?? true;
  const interval = agrees ? first.interval : within(first, judged);
  const held = { value: Number(other.toPrecision(9)), interval: within(first, alone), agrees };
  return { interval, opinion: { ...held, ...facts, why: sentence({ ...held, metric, ...facts }) } };
}

function within(
  { metric, interval }: FirstEstimate,
  band: { readonly lower: number | null; readonly upper: number | null } | undefined,
): Interval {
  const [least, most] = metricLimits(metric);
  const clip = (end: number | null | undefined, otherwise: number) => Math.min(most, Math.max(least, end ?? otherwise));
  return { lower: clip(band?.lower, interval.lower), upper: clip(band?.upper, interval.upper), level: interval.level };
}

interface Said extends Pick<SecondOpinion, 'agrees' | 'referenceRows' | 'effectiveRows'> {
  readonly metric: MetricName;
  readonly value: number;
  readonly interval: Interval;
}

function sentence({ metric, value, interval, agrees, referenceRows, effectiveRows }: Said): string {
  const digits = metricDigits(metric, value);
  const weighted = `weighted to look like these rows (its ${figure(referenceRows)} rows then tell as much as ${figure(Math.round(effectiveRows))})`;
  const said = `the reference gives ${metricName(metric)} ${phraseNumber(value, digits)} (${phraseInterval(interval, digits)})`;
  if (agrees === true) return `A second opinion agrees: ${weighted}, ${said}.`;
  return `A second opinion disagrees: ${weighted}, ${said}. The rows have changed in more than their scores, and the same score seems to mean something else for rows like these: neither figure can be trusted alone, and the band holds both.`;
}
