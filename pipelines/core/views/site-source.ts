import type { AuditEvent } from '../schema/audit-event.ts';
import type { Deployment } from '../schema/deployment.ts';
import type { EvaluationReport } from '../schema/evaluation-report.ts';
import type { GateVerdict } from '../schema/gate-verdict.ts';
import type { VersionName } from '../schema/identifiers.ts';
import type { Instant } from '../schema/instant.ts';
import type { MetricEstimate, MetricName } from '../schema/metric.ts';
import type { ModelDefinition } from '../schema/model-definition.ts';
import type { ModelState } from '../schema/model-state.ts';
import type { ModelVersion } from '../schema/model-version.ts';
import type { ReferenceProfile } from '../schema/reference-profile.ts';
import type { TrainingSpec } from '../schema/training-spec.ts';

/** One committed version folder. A file that is not there is null. */
export interface VersionSource {
  readonly version: ModelVersion;
  readonly spec: TrainingSpec | null;
  readonly evaluation: EvaluationReport | null;
  readonly reference: Pick<ReferenceProfile, 'range' | 'promise' | 'lagCurve' | 'figures'> | null;
  /** Whether its scores may be read as probabilities, in a sentence. Left out: not known. */
  readonly calibration?: string | null;
}

/** Everything that is committed about one model. `deployment` null: never deployed; `state` null: never watched. */
export interface ModelSource {
  readonly definition: ModelDefinition;
  readonly deployment: Deployment | null;
  readonly state: ModelState | null;
  /** By number ascending. */
  readonly versions: readonly VersionSource[];
}

/** Everything that views are made from. */
export interface SiteSource {
  readonly models: readonly ModelSource[];
  readonly verdicts: readonly GateVerdict[];
  /** By evidence digest: reports of versions that main does not hold. */
  readonly evaluations: Readonly<Record<string, EvaluationReport>>;
  /** Oldest first. */
  readonly events: readonly AuditEvent[];
  /** Address of the repository, without a slash at the end; null when unknown: then nothing links to it. */
  readonly repositoryUrl: string | null;
  readonly builtAt: Instant;
  /** `simulated`: the site replays a past log, so a reader's own clock says nothing about its freshness. */
  readonly clock: 'wall' | 'simulated';
}

/** The version that serves: what deployment.yml names; null when nothing is deployed. */
export function championOf(model: ModelSource): VersionName | null {
  return model.deployment?.production ?? null;
}

export function versionSource(model: ModelSource, version: VersionName | null): VersionSource | null {
  return model.versions.find((candidate) => candidate.version.version === version) ?? null;
}

/** What a version promised for a metric on its reference range; null when unknown. */
export function promiseOf(model: ModelSource, version: VersionName | null, metric: MetricName): MetricEstimate | null {
  return versionSource(model, version)?.reference?.promise.find((estimate) => estimate.metric === metric) ?? null;
}
