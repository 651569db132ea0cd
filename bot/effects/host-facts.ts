import type { EvaluationReport } from '../../pipelines/core/schema/evaluation-report.ts';
import type { GateVerdict } from '../../pipelines/core/schema/gate-verdict.ts';
import type { ModelVersion } from '../../pipelines/core/schema/model-version.ts';
import type { HostIssue, HostPull, HostRepository, HostRun } from './code-host.ts';

/** The actual state on the code host, as far as it concerns one model. */
export interface HostFacts {
  readonly repository: HostRepository;
  /** By number: the bot's own issues that were looked at. */
  readonly issues: ReadonlyMap<number, HostIssue>;
  readonly retraining: RetrainingFacts | null;
  /** By evidence digest: what the gate said of refused retrainings that texts still speak of. */
  readonly verdicts: ReadonlyMap<string, GateVerdict>;
}

/** What has become of one retraining. */
export interface RetrainingFacts {
  readonly version: string;
  readonly branch: string;
  readonly pull: HostPull | null;
  /** Tip of the branch; null when there is none. */
  readonly headSha: string | null;
  /** The newest run that trains it; looked for only while nothing was trained. */
  readonly trainingRun: HostRun | null;
  /** Training runs that ended without a version. */
  readonly trainingsFailed: number;
  /** What the training run pushed; null until then. */
  readonly trained: TrainedVersion | null;
  /** The newest run of the gate at the tip: one that judged, or else the newest of all. */
  readonly gateRun: HostRun | null;
  /** Runs of the gate at the tip that ended without a judgement. */
  readonly gatesFailed: number;
  readonly verdict: ReadVerdict | null;
}

export interface TrainedVersion {
  readonly version: ModelVersion;
}

/**
 * The gate's artifacts, checked; `problem` says why they cannot be believed. `isUntrue`: there is a verdict, and it speaks of something else. `evaluation` is what
 * the gate measured itself, the only figures that are told of a version before it is merged; null when there is none, or it is about something else.
 */
export type ReadVerdict =
  | { readonly verdict: GateVerdict; readonly evaluation: EvaluationReport | null; readonly problem: null }
  | { readonly verdict: null; readonly problem: string; readonly isUntrue: boolean };
