import type { Digest } from '../core/schema/digest.ts';
import type { EvaluationReport } from '../core/schema/evaluation-report.ts';
import type { GateCheck, GateVerdict } from '../core/schema/gate-verdict.ts';
import type { Instant } from '../core/schema/instant.ts';
import type { ModelDefinition } from '../core/schema/model-definition.ts';
import type { LabelLog } from '../ports/label-log.ts';
import type { ModelRepository } from '../ports/model-repository.ts';
import type { PredictionLog } from '../ports/prediction-log.ts';
import type { PromotionHistory } from '../ports/promotion-history.ts';
import type { TrainingRuntime } from '../ports/training-runtime.ts';
import type { Stopwatch } from './measure-latency.ts';
import type { StoredVersion } from './read-version.ts';

export interface GateTask {
  readonly model: string;
  /** The branch that is merged into: its definition states the rules, its bytes are the champion. */
  readonly base: ModelRepository;
  /** The branch that is judged: bytes only, nothing in it is believed. */
  readonly head: ModelRepository;
  /** What has served on the base. */
  readonly history: PromotionHistory;
  readonly openLog: (definition: ModelDefinition) => Promise<PredictionLog & LabelLog>;
  readonly openRuntime: (definition: ModelDefinition) => Promise<TrainingRuntime>;
  /** Digest of the code that judges. */
  readonly code: Digest;
  /** What `checkBranch` found. */
  readonly branchChecks: readonly GateCheck[];
  /** Paths that the branch changes; null when they are not known. */
  readonly changedFiles: readonly string[] | null;
  /** Moment of the judgement, by the clock of whoever runs the gate: never from the branch. */
  readonly judgedAt: Instant;
  readonly stopwatch: Stopwatch;
  readonly note: (line: string) => void;
}

/** `report` is what the gate measured itself; null for a rollback, which is not measured. */
export interface GateResult {
  readonly verdict: GateVerdict;
  readonly report: EvaluationReport | null;
}

/** A gate task with both versions read. */
export interface GateMaterial {
  readonly task: GateTask;
  /** Of the base. */
  readonly definition: ModelDefinition;
  /** The version that the head would deploy. */
  readonly challenger: StoredVersion;
  /** The version that serves on the base; null when none does. */
  readonly champion: StoredVersion | null;
  /** Checks of the branch that do not depend on what kind of change it is. */
  readonly branch: readonly GateCheck[];
}
