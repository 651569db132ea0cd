import { shortKey } from '../digest/sha256.ts';
import type { Decision } from '../schema/decision.ts';
import { versionNumber } from '../schema/identifiers.ts';
import { HIGHER_IS_BETTER, type MetricEstimate, type MetricName } from '../schema/metric.ts';
import type { ModelState } from '../schema/model-state.ts';
import { becauseOfIncident, becauseOfPolicy } from './because.ts';
import type { DecisionInput } from './decision-input.ts';

export type VerificationOutcome = Extract<Decision, { kind: 'verify-promotion' }>['outcome'];

/**
 * Is a promise kept? The promise is the new version's metric on the gate's held-out window (a point), the observation is the pooled
 * metric of its own scores since promotion with its interval. Kept: the interval still reaches the promise less the tolerated drop
 * (upper bound >= promised − tolerated; for metrics where lower is better: lower bound <= promised + tolerated). Broken: it does not,
 * so the shortfall is larger than tolerated at the interval's level. A kept promise is therefore "not disproved", not "proved".
 * The promise is slightly optimistic: the held-out rows also chose between the challengers.
 */
export function judgePromise(promised: MetricEstimate, observed: MetricEstimate, toleratedDrop: number): VerificationOutcome {
  if (promised.value === null || observed.value === null || observed.interval === null) return 'insufficient-data';
  const kept = HIGHER_IS_BETTER[promised.metric]
    ? observed.interval.upper >= promised.value - toleratedDrop
    : observed.interval.lower <= promised.value + toleratedDrop;
  return kept ? 'kept' : 'broken';
}

/**
 * Compares promised with observed once `rollout.verifyWindows` labelled windows have passed, and proposes the way back when the promise
 * is broken. Too few labels are said once, and the verification goes on waiting.
 */
export function verifyPromotion(input: DecisionInput, state: ModelState): Decision[] {
  const pending = state.verification;
  const { definition, report, reference } = input;
  const since = report.sincePromotion;
  if (pending === null || since === undefined || since.version !== pending.version || reference.version !== pending.version) return [];
  if (since.labelledWindows < definition.rollout.verifyWindows) return [];
  const { metric, toleratedDrop } = definition.monitoring.performance;
  const promised = find(reference.promise, metric);
  const observed = find(since.metrics, metric);
  const enough = observed.sampleSize >= definition.monitoring.minimumLabels;
  const outcome = enough ? judgePromise(promised, observed, toleratedDrop) : 'insufficient-data';
  if (outcome === 'insufficient-data' && saidBefore(state, pending.version)) return [];
  const because = [
    becauseOfPolicy('rollout.verifyWindows', `${since.labelledWindows} labelled windows since the promotion`, since.range),
    becauseOfPolicy('monitoring.performance.toleratedDrop', `A drop of up to ${toleratedDrop} is tolerated`, reference.range),
    ...state.incidents.filter(({ id }) => pending.incidents.includes(id)).map(becauseOfIncident),
  ];
  const base = { model: definition.name, at: report.asOf, because };
  const identity = { model: definition.name, version: pending.version, at: report.asOf };
  const verdict: Decision = {
    ...base,
    id: shortKey({ ...identity, kind: 'verify-promotion' }),
    kind: 'verify-promotion',
    version: pending.version,
    promised,
    observed,
    outcome,
  };
  const to = pending.previous;
  // Only ever back to an older version: after a rollback, its successor is no way back.
  if (outcome !== 'broken' || to === null || versionNumber(to) >= versionNumber(pending.version)) return [verdict];
  return [
    verdict,
    { ...base, id: shortKey({ ...identity, kind: 'propose-rollback' }), kind: 'propose-rollback', version: pending.version, to },
  ];
}

function find(metrics: readonly MetricEstimate[], metric: MetricName): MetricEstimate {
  const missing = { metric, value: null, interval: null, sampleSize: 0, positives: 0, method: 'none', why: `${metric} was not computed` };
  return metrics.find((estimate) => estimate.metric === metric) ?? missing;
}

function saidBefore(state: ModelState, version: string): boolean {
  return state.decisions.some((decision) => decision.kind === 'verify-promotion' && decision.version === version);
}
