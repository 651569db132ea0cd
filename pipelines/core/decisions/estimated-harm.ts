import type { Because } from '../schema/decision.ts';
import type { Incident } from '../schema/incident.ts';
import type { ModelState } from '../schema/model-state.ts';
import { metricName } from '../schema/phrase-metric.ts';
import type { SignalKind } from '../schema/signal.ts';
import { estimateRecord } from '../signals/estimate-record.ts';
import { measuresRowsOf } from '../signals/measures-rows-of.ts';
import { becauseOfIncident, becauseOfPolicy, becauseOfSignal } from './because.ts';
import type { DecisionInput } from './decision-input.ts';
import { fearsHarm } from './incident-kinds.ts';

/** Harm that is only estimated, and what is known of such estimates. */
export interface EstimatedHarm {
  readonly because: readonly Because[];
  readonly incidents: readonly string[];
}

/**
 * Estimated harm that may ask for a retraining: while too few labels have arrived to measure the metric on the newest window, and unless
 * earlier estimates of the model made up harm (see `estimateRecord`). null: nothing is feared, or labels speak, or nobody should believe it.
 */
export function estimatedHarm(input: DecisionInput, state: ModelState): EstimatedHarm | null {
  const feared = state.incidents.filter(fearsHarm);
  if (feared.length === 0 || isMeasured(input)) return null;
  const record = estimateRecord(input.definition, input.state);
  if (record.criesWolf) return null;
  const because = [
    ...feared.flatMap((incident) => [becauseOfIncident(incident), becauseOfSignal(incident.latest)]),
    becauseOfPolicy('monitoring.performance', askedBy(input)),
    ...(record.bands === 0 ? [] : [becauseOfPolicy('monitoring.performance', record.sentence)]),
  ];
  return { because, incidents: feared.map(({ id }: Incident) => id) };
}

/** What a person could do instead of retraining on an estimate. */
export function insteadOfEstimate({ definition }: Pick<DecisionInput, 'definition'>): string {
  return `Label a sample of these rows now, or leave this open until their labels arrive (usually ${definition.labels.delay} after the prediction): they show whether the estimate is right.`;
}

/** Whether labels tell how the newest rows perform, and not only older ones. An estimate asks for nothing then, whatever they say. */
function isMeasured({ definition, report, state }: DecisionInput): boolean {
  const newest = report.windows.at(-1) ?? state.windows.at(-1);
  const { metric } = definition.monitoring.performance;
  const statement = (wanted: SignalKind) => newest?.signals.find(({ kind, subject }) => kind === wanted && subject === metric);
  const [realised, estimate] = [statement('realised-performance'), statement('estimated-performance')];
  return realised !== undefined && estimate !== undefined && measuresRowsOf(realised, estimate.window);
}

function askedBy({ definition, labelledUntil }: DecisionInput): string {
  const name = metricName(definition.monitoring.performance.metric);
  return `An estimate asks, not a measurement: too few labels of these rows have arrived to measure ${name}. Challengers learn from and are judged on rows labelled up to ${labelledUntil.slice(0, 10)}`;
}
