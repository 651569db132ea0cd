import { shortKey } from '../digest/sha256.ts';
import { isHarmSure } from '../profile/promised-change.ts';
import type { Decision } from '../schema/decision.ts';
import { HIGHER_IS_BETTER, type MetricEstimate } from '../schema/metric.ts';
import type { ModelState } from '../schema/model-state.ts';
import type { PromisedChange } from '../schema/promised-change.ts';
import type { ShadowComparison } from '../schema/shadow-comparison.ts';
import { becauseOfIncident, becauseOfPolicy } from './because.ts';
import type { DecisionInput } from './decision-input.ts';
import { isVerificationDue, metricOf } from './is-verification-due.ts';
import { betterVersion } from './weigh-comparison.ts';
import { REMEDY, weighRemedy } from './weigh-remedy.ts';

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

/** A promise that rows call broken and windows neither confirm nor refute is decided after so many times `rollout.verifyWindows`. */
const PATIENCE = 2;

/** What else is known when the rows have spoken. */
export interface SeenByWindows {
  readonly change?: PromisedChange | undefined;
  readonly comparison?: ShadowComparison | undefined;
  /** No more windows are waited for. */
  readonly isLast: boolean;
}

/**
 * What is left of a verdict when windows, and not rows, are the values: the rows of one day hang together, so their interval is too narrow, and a promise that
 * they call broken is broken for sure only if the windows do not leave a tolerated change possible. Until they do, nothing is decided; at the last look their mean
 * decides. Where windows say nothing yet, the rows' verdict stands; so it does where the version before is better for sure on the very same rows: hard
 * days are as hard for it.
 */
export function confirmByWindows(outcome: VerificationOutcome, seen: SeenByWindows, toleratedDrop: number): VerificationOutcome {
  const { change, comparison, isLast } = seen;
  if (outcome !== 'broken' || change === undefined) return outcome;
  if (comparison !== undefined && betterVersion(comparison) === 'previous') return 'broken';
  if (isHarmSure(change, toleratedDrop) !== false) return 'broken';
  if (!isLast) return 'insufficient-data';
  const drop = HIGHER_IS_BETTER[change.metric] ? -change.change : change.change;
  return drop > toleratedDrop ? 'broken' : 'kept';
}

/**
 * Compares promised with observed once `rollout.verifyWindows` labelled windows have passed. Too few labels are said once, and the
 * verification goes on waiting. A broken promise opens the incidents again; whether it also asks for a rollback, `weighRemedy` says.
 */
export function verifyPromotion(input: DecisionInput, state: ModelState): Decision[] {
  const pending = state.verification;
  const { definition, report, reference } = input;
  const since = report.sincePromotion;
  if (pending === null || since === undefined || since.version !== pending.version || reference.version !== pending.version) return [];
  if (since.labelledWindows < definition.rollout.verifyWindows) return [];
  const { metric, toleratedDrop } = definition.monitoring.performance;
  const promised = metricOf(reference.promise, metric);
  const observed = metricOf(since.metrics, metric);
  const ofRows = isVerificationDue(definition, since) ? judgePromise(promised, observed, toleratedDrop) : 'insufficient-data';
  const comparison = since.comparison?.version === pending.previous ? since.comparison : undefined;
  const isLast = since.labelledWindows >= PATIENCE * definition.rollout.verifyWindows;
  const outcome = confirmByWindows(ofRows, { change: since.change, comparison, isLast }, toleratedDrop);
  const isUnsure = ofRows === 'broken' && outcome === 'insufficient-data';
  if (outcome === 'insufficient-data' && saidBefore(state, pending.version)) return [];
  const remedy = weighRemedy(pending, outcome, comparison);
  const because = [
    becauseOfPolicy('rollout.verifyWindows', `${since.labelledWindows} labelled windows since the promotion`, since.range),
    ...(isUnsure ? [becauseOfPolicy('rollout.verifyWindows', unsureText(definition.rollout.verifyWindows), since.range)] : []),
    becauseOfPolicy('monitoring.performance.toleratedDrop', `A drop of up to ${toleratedDrop} is tolerated`, reference.range),
    ...remedy.because.map((text) => becauseOfPolicy(REMEDY, text, since.range)),
    ...state.incidents.filter(({ id }) => pending.incidents.includes(id)).map(becauseOfIncident),
  ];
  const base = { model: definition.name, at: report.asOf, because };
  const id = (kind: Decision['kind']) => shortKey({ model: definition.name, version: pending.version, at: report.asOf, kind });
  const { version } = pending;
  const compared = comparison === undefined ? {} : { comparison };
  const changed = since.change === undefined ? {} : { change: since.change };
  const verdict: Decision = {
    ...base,
    id: id('verify-promotion'),
    kind: 'verify-promotion',
    version,
    promised,
    observed,
    outcome,
    ...changed,
    ...compared,
  };
  if (remedy.rollbackTo === null) return [verdict];
  return [verdict, { ...base, id: id('propose-rollback'), kind: 'propose-rollback', version, to: remedy.rollbackTo }];
}

function unsureText(verifyWindows: number): string {
  return `By its rows the promise is broken, but windows differ so much that it may be chance: every labelled window is looked at, and after ${PATIENCE * verifyWindows} of them their mean decides`;
}

function saidBefore(state: ModelState, version: string): boolean {
  return state.decisions.some((decision) => decision.kind === 'verify-promotion' && decision.version === version);
}
