import { UserError } from '../errors/user-error.ts';
import { durationSeconds } from '../schema/duration.ts';
import type { VersionName } from '../schema/identifiers.ts';
import { addSeconds, type Instant } from '../schema/instant.ts';
import type { ModelDefinition } from '../schema/model-definition.ts';
import type { ModelVersion } from '../schema/model-version.ts';
import type { TrainingSpec } from '../schema/training-spec.ts';
import type { Window } from '../schema/window.ts';
import { heldOutRange } from './held-out-range.ts';
import { recalibrationRange } from './recalibration-range.ts';

export interface TrainingRequest {
  readonly definition: ModelDefinition;
  readonly champion: ModelVersion | null;
  readonly version: VersionName;
  /** Id of the decision that asked for it. */
  readonly decision: string;
  readonly asOf: Instant;
  /** Event time of the oldest row of the log. */
  readonly historyStart: Instant;
  /** Event time up to which labels have arrived by asOf. */
  readonly labelledUntil: Instant;
}

/**
 * Fixes what is trained, before training: the newest labelled windows are held out, one challenger takes all history before them and one the recent range
 * (left out when both would be the same rows). Neither they nor the champion see a held-out row.
 * Throws a UserError (TRAINING_RANGE_EMPTY) when nothing can be held out.
 */
export function specifyTraining(request: TrainingRequest): TrainingSpec {
  const { definition, champion, historyStart } = request;
  const heldOut = heldOutRange({ ...request, notBefore: champion?.trainedUntil ?? null });
  const all = { start: historyStart, end: heldOut.start };
  const recentStart = addSeconds(heldOut.start, -durationSeconds(definition.training.recentRange));
  const recent = { name: 'recent-window' as const, range: { start: recentStart, end: heldOut.start } };
  return {
    ...commonFields(definition, request),
    champion: champion?.version ?? null,
    challengers: [{ name: 'all-history', range: all }, ...(recentStart > historyStart ? [recent] : [])],
    heldOut,
  };
}

/**
 * Fixes what is recalibrated: the same rows are held out as for a retraining, and the only challenger is the champion with a curve over its scores, fitted on
 * the rows before them. Throws a UserError (TRAINING_RANGE_EMPTY) when nothing can be held out, or no row lies between the champion's training and those.
 */
export function specifyRecalibration(request: TrainingRequest & { readonly champion: ModelVersion }): TrainingSpec {
  const { definition, champion, historyStart } = request;
  const heldOut = heldOutRange({ ...request, notBefore: champion.trainedUntil });
  const range = recalibrationRange({ definition, heldOut, trainedUntil: champion.trainedUntil });
  if (range === null) {
    throw new UserError({
      code: 'TRAINING_RANGE_EMPTY',
      message: `between ${champion.trainedUntil} and ${heldOut.start} there is no row that ${champion.version} was not trained on`,
      hint: 'wait for labels, or retrain',
    });
  }
  return {
    ...commonFields(definition, request),
    champion: champion.version,
    challengers: [{ name: 'recalibrated', range }],
    heldOut,
    recalibrate: { artifact: champion.artifactDigest, historyStart },
  };
}

export interface InitialTraining {
  readonly definition: ModelDefinition;
  readonly version: VersionName;
  readonly decision: string;
  readonly asOf: Instant;
  readonly range: Window;
  readonly heldOut: Window;
}

/** The spec of a first version: one challenger, no champion, ranges chosen by a person. Throws a RangeError when the ranges overlap. */
export function specifyInitialTraining(request: InitialTraining): TrainingSpec {
  const { definition, range, heldOut } = request;
  if (range.end > heldOut.start) throw new RangeError(`training until ${range.end} would see rows held out from ${heldOut.start}`);
  return { ...commonFields(definition, request), champion: null, challengers: [{ name: 'initial', range }], heldOut };
}

function commonFields(definition: ModelDefinition, { version, decision, asOf }: Pick<TrainingRequest, 'version' | 'decision' | 'asOf'>) {
  return {
    schemaVersion: 1 as const,
    model: definition.name,
    version,
    decision,
    asOf,
    features: definition.columns.filter(({ role }) => role === 'feature').map(({ name }) => name),
    training: definition.training,
  };
}
