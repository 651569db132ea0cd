import { durationSeconds } from '../schema/duration.ts';
import { addSeconds } from '../schema/instant.ts';
import { HIGHER_IS_BETTER } from '../schema/metric.ts';
import type { ModelDefinition } from '../schema/model-definition.ts';
import type { ModelState, WindowSummary } from '../schema/model-state.ts';
import { metricName } from '../schema/phrase-metric.ts';
import { phraseNumber } from '../schema/phrase-number.ts';
import type { Signal, SignalKind } from '../schema/signal.ts';
import type { Window } from '../schema/window.ts';
import { type BandCoverage, bandCoverage } from '../statistics/estimation/band-coverage.ts';
import { wilsonInterval } from '../statistics/intervals/wilson-interval.ts';
import { shareWithin } from './share-within.ts';

/** Rows with labels, as a share of those that were estimated, and common time, from which on the two figures speak of the same rows. */
const SAME_ROWS = 0.9;
const LEVEL = 0.95;

/** An estimate of the main metric that was made before the labels, and what they showed. */
export interface CheckedEstimate {
  /** The rows of both. */
  readonly window: Window;
  readonly estimated: number;
  readonly lower: number;
  readonly upper: number;
  readonly realised: number;
}

/** How good the estimates of a model have been. */
export interface EstimateRecord extends BandCoverage {
  readonly checked: readonly CheckedEstimate[];
  /** Bands that the truth fell out of on the bad side: harm that the estimate did not see. */
  readonly missed: number;
  /** Bands that the truth fell out of on the good side: harm that the estimate made up. */
  readonly madeUp: number;
  /** Whether estimates made up harm more often than chance lets a band do: then they ask for nothing. */
  readonly criesWolf: boolean;
  /** Sentences that stand without the page. */
  readonly sentence: string;
}

/**
 * Scores the estimates of the main metric against the labels that came in since, on windows that share no row: pooled windows overlap, and
 * one figure told twice is one figure. Only stretches whose labels are due, of which at least 90 % of the estimated rows are labelled, and whose estimate was
 * trusted when it was made. A band may be left by 2.5 % on its good side; estimates cry wolf when the 95 % Wilson interval of that share lies above. O(windows).
 */
export function estimateRecord(definition: ModelDefinition, state: Pick<ModelState, 'windows' | 'watermark'>): EstimateRecord {
  const due = state.watermark === null ? null : addSeconds(state.watermark, -durationSeconds(definition.labels.delay));
  const checked: CheckedEstimate[] = [];
  for (const summary of state.windows) {
    if (due === null || summary.window.end > due) continue;
    const pair = checkedOf(definition, summary);
    const last = checked.at(-1);
    if (pair !== null && (last === undefined || pair.window.start >= last.window.end)) checked.push(pair);
  }
  const above = checked.filter(({ realised, upper }) => realised > upper).length;
  const below = checked.filter(({ realised, lower }) => realised < lower).length;
  const [madeUp, missed] = HIGHER_IS_BETTER[definition.monitoring.performance.metric] ? [above, below] : [below, above];
  const coverage = bandCoverage(checked);
  const criesWolf = madeUp > 0 && wilsonInterval(madeUp, checked.length).lower > (1 - LEVEL) / 2;
  return { ...coverage, checked, missed, madeUp, criesWolf, sentence: sentenceOf(definition, { ...coverage, missed, madeUp }) };
}

function checkedOf(definition: ModelDefinition, summary: WindowSummary): CheckedEstimate | null {
  const estimate = statementOf('estimated-performance', definition, summary);
  const realised = statementOf('realised-performance', definition, summary);
  if (estimate?.interval == null || estimate.value === null || estimate.status === 'insufficient-data') return null;
  if (realised?.value == null || realised.sampleSize < SAME_ROWS * estimate.sampleSize) return null;
  if (Math.min(shareWithin(estimate.window, realised.window), shareWithin(realised.window, estimate.window)) < SAME_ROWS) return null;
  const { lower, upper } = estimate.interval;
  return { window: estimate.window, estimated: estimate.value, lower, upper, realised: realised.value };
}

function statementOf(kind: SignalKind, { monitoring }: ModelDefinition, { signals }: WindowSummary): Signal | null {
  return signals.find((signal) => signal.kind === kind && signal.subject === monitoring.performance.metric) ?? null;
}

function sentenceOf({ monitoring }: ModelDefinition, record: BandCoverage & Pick<EstimateRecord, 'missed' | 'madeUp'>): string {
  const { bands, covered, share, interval, missed, madeUp } = record;
  if (share === null || interval === null) return 'No estimate could be checked yet: the labels of its rows are not in.';
  const percent = (part: number) => `${phraseNumber(part * 100, 0)} %`;
  const name = metricName(monitoring.performance.metric);
  const stretches =
    monitoring.performanceWindows === 1 ? ['window', 'windows'] : ['stretch', `stretches of ${monitoring.performanceWindows} windows`];
  const of = `${bands} ${bands === 1 ? stretches[0] : stretches[1]}`;
  const held = `The 95 % band of the estimate held the realised ${name} in ${covered} of ${of} (${percent(share)}, 95 % interval ${percent(interval.lower)} to ${percent(interval.upper)}).`;
  if (interval.upper >= LEVEL) return held;
  return `${held} That is too seldom: the truth was worse than the band ${times(missed)} and better ${times(madeUp)}. Either what a score means has changed, or windows differ by more than the reference showed.`;
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}
