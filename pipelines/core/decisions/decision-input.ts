import type { BusinessReport } from '../schema/business-report.ts';
import type { Deployment } from '../schema/deployment.ts';
import type { VersionName } from '../schema/identifiers.ts';
import type { Instant } from '../schema/instant.ts';
import type { ModelDefinition } from '../schema/model-definition.ts';
import type { ModelState } from '../schema/model-state.ts';
import type { ModelVersion } from '../schema/model-version.ts';
import type { MonitoringReport } from '../schema/monitoring-report.ts';
import type { ReferenceProfile } from '../schema/reference-profile.ts';
import type { ObservedFacts } from './observed-facts.ts';

/** Everything that the policy may look at. The moment of the decision is `report.asOf`. */
export interface DecisionInput {
  readonly definition: ModelDefinition;
  /** State as read, before this run's report is reduced into it. */
  readonly state: ModelState;
  readonly report: MonitoringReport;
  readonly deployment: Deployment;
  /** Reference profile of `deployment.production`: holds the promise. */
  readonly reference: ReferenceProfile;
  /** version.json of `deployment.production`. */
  readonly championVersion: ModelVersion;
  /** The name that a newly trained version would take. */
  readonly nextVersion: VersionName;
  /** Event time of the oldest row of the log. */
  readonly historyStart: Instant;
  /** Event time up to which labels have arrived by asOf: the watermark less the label delay. */
  readonly labelledUntil: Instant;
  /** Left out: nothing happened outside. */
  readonly observed?: ObservedFacts;
  /** Money of the newest window that has labels; only for the text of alternatives. */
  readonly business?: BusinessReport | null;
}

/** A person with write permission asked for a retraining in a comment. */
export interface RetrainingCommand {
  readonly commentId: number;
  readonly login: string;
}
