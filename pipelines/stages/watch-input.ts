import type { Deployment } from '../core/schema/deployment.ts';
import type { Instant } from '../core/schema/instant.ts';
import type { ModelDefinition } from '../core/schema/model-definition.ts';
import type { ModelState, WindowSummary } from '../core/schema/model-state.ts';
import type { ModelVersion } from '../core/schema/model-version.ts';
import type { MonitoringReport } from '../core/schema/monitoring-report.ts';
import type { ReferenceProfile } from '../core/schema/reference-profile.ts';
import type { ArtifactStore } from '../ports/artifact-store.ts';
import type { LabelLog } from '../ports/label-log.ts';
import type { PredictionLog } from '../ports/prediction-log.ts';
import type { LoadServing } from './check-serving.ts';
import type { LoadShadow } from './load-shadow.ts';
import type { TryRemedies } from './open-trials.ts';

export interface WatchInput {
  readonly definition: ModelDefinition;
  readonly deployment: Deployment;
  /** reference.json of the version in production. */
  readonly reference: ReferenceProfile;
  /** version.json of the version in production. */
  readonly championVersion: ModelVersion;
  readonly state: ModelState;
  readonly log: PredictionLog;
  readonly labels: LabelLog;
  /** Takes the fine profiles, by digest, and gives those of the last calendar cycle back. */
  readonly artifacts: ArtifactStore;
  readonly asOf: Instant;
  /** Loads the previous version in the run in which a promotion's verification falls due. Left out: no comparison, and so no rollback. */
  readonly shadow?: LoadShadow;
  /** Loads the version that serves, to answer a sample of the newest window again. Left out: served and logged values are not compared. */
  readonly serving?: LoadServing;
  /** Tries remedies where it is due (see `isTrialDue`). Left out: none is tried, and a retraining is proposed on harm or age alone. */
  readonly trials?: TryRemedies;
}

/** What the policy needs of a run; `holdfast watch --out` writes it, so that whoever decides need not reach the log. */
export interface WatchResult {
  readonly report: MonitoringReport;
  /** One a new window, and one a known window whose labels have arrived since. */
  readonly summaries: readonly WindowSummary[];
}
