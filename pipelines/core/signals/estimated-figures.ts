import { MACRO_METRICS } from '../profile/estimate-classes.ts';
import type { EstimatedFigure, EstimatedFigures, EstimatedOutcome } from '../schema/estimated-figures.ts';
import type { Interval } from '../schema/interval.ts';
import { type MetricName, metricsOf } from '../schema/metric.ts';
import type { ModelDefinition } from '../schema/model-definition.ts';
import { normalInterval } from '../statistics/intervals/normal-interval.ts';
import type { OutcomeShare } from '../statistics/metrics/outcome-metrics.ts';
import { estimateBand } from './estimate-band.ts';
import type { WindowEvidence } from './signal-of.ts';
import { weighSecondOpinion } from './weigh-second-opinion.ts';
import type { WindowEstimate } from './window-estimate.ts';

/** Rates of the confusion matrix: its cells hang together over windows at most as much as these do. */
const RATES: readonly MetricName[] = ['accuracy', 'precision', 'recall', 'specificity'];

const CELLS: readonly { readonly metric: OutcomeShare; readonly called: Side; readonly actual: Side }[] = [
  { metric: 'truePositiveShare', called: 'positive', actual: 'positive' },
  { metric: 'falsePositiveShare', called: 'positive', actual: 'negative' },
  { metric: 'falseNegativeShare', called: 'negative', actual: 'positive' },
  { metric: 'trueNegativeShare', called: 'negative', actual: 'negative' },
];
type Side = 'positive' | 'negative';

/**
 * Every metric of the task that can be estimated, with its 95 % band, and the confusion matrix (of
 * several classes where the log holds the probability of each, see `estimateClasses`). Bands are widened as that of the agreed
 * metric is: by how far windows of the reference differed, and by a second opinion that disagrees. undefined where nothing was estimated.
 */
export function estimatedFigures(estimate: WindowEstimate): EstimatedFigures | undefined {
  const { evidence, rows } = estimate;
  const { classes, definition } = evidence;
  const names = definition.task === 'multiclass' ? [...metricsOf('multiclass'), ...MACRO_METRICS] : metricsOf(definition.task);
  const known = [...new Set(names)].flatMap((metric) => figureOf(estimate, metric));
  if (known.length === 0) return undefined;
  const confusion = definition.task === 'binary' ? CELLS.flatMap((cell) => outcomeOf(estimate, cell)) : classOutcomes(evidence);
  const byClass = classes == null ? {} : classes.why === null ? { rowsByClass: classes.rows } : { whyNoClasses: classes.why };
  return { rows: Math.round(rows), ...byClass, metrics: known, confusion };
}

function classOutcomes(evidence: WindowEvidence): EstimatedOutcome[] {
  const names = evidence.definition.labels.classes ?? [];
  return (evidence.classes?.confusion ?? []).map(({ called, actual, share, standardError }) => ({
    called: names[called] ?? String(called),
    actual: names[actual] ?? String(actual),
    ...shareWithBand(evidence, share, standardError),
  }));
}

function shareWithBand(evidence: WindowEvidence, value: number, error: number): Pick<EstimatedOutcome, 'share' | 'interval'> {
  const factor = Math.max(...RATES.map((rate) => estimateBand(evidence, { metric: rate, value: 0, standardError: 0 }).factor));
  const interval = normalInterval({ value, standardError: factor * error, minimum: 0, maximum: 1 });
  return { share: Math.min(1, Math.max(0, value)), interval };
}

function figureOf({ evidence, metrics }: WindowEstimate, metric: MetricName): EstimatedFigure[] {
  const found = metrics.find((each) => each.metric === metric);
  if (found?.value == null) return [];
  const promise = evidence.reference.promise.find((each) => each.metric === metric)?.value ?? null;
  return [
    { metric, value: found.value, interval: intervalOf(evidence, { metric, value: found.value, error: found.standardError }), promise },
  ];
}

function intervalOf(
  evidence: WindowEvidence,
  { metric, value, error }: { readonly metric: MetricName; readonly value: number; readonly error: number | null },
): Interval | null {
  if (error === null) return null;
  const first = { metric, value, standardError: error };
  const band = estimateBand(evidence, first);
  const second = evidence.second == null ? null : weighSecondOpinion({ ...first, ...band }, evidence.second);
  return second?.interval ?? band.interval;
}

function outcomeOf({ evidence, metrics }: WindowEstimate, { metric, called, actual }: (typeof CELLS)[number]): EstimatedOutcome[] {
  const found = metrics.find((each) => each.metric === metric);
  if (found?.value == null || found.standardError === null) return [];
  const name = labelOf(evidence.definition);
  return [{ called: name(called), actual: name(actual), ...shareWithBand(evidence, found.value, found.standardError) }];
}

function labelOf({ labels }: ModelDefinition): (side: Side) => string {
  return (side) => labels[side] ?? side;
}
