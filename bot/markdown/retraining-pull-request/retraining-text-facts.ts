import type { BusinessReport } from '../../../pipelines/core/schema/business-report.ts';
import type { Decision } from '../../../pipelines/core/schema/decision.ts';
import type { EvaluationReport } from '../../../pipelines/core/schema/evaluation-report.ts';
import type { GateVerdict } from '../../../pipelines/core/schema/gate-verdict.ts';
import type { ModelDefinition } from '../../../pipelines/core/schema/model-definition.ts';

export type RetrainingRequest = Extract<Decision, { kind: 'request-retraining' }>;

/** How far a retraining has come, as its pull request tells it. */
export type RetrainingStage = 'training' | 'judging' | 'passed' | 'failed' | 'needs-human' | 'abandoned';

/** What the pull request of one retraining is told from. */
export interface RetrainingTextFacts {
  readonly definition: ModelDefinition;
  readonly request: RetrainingRequest;
  readonly stage: RetrainingStage;
  /** Why its runs came to no judgement, when it was abandoned. */
  readonly problem: string | null;
  /** Runs of the present stage that ended without a result, so far. */
  readonly failedRuns: number;
  /** Money at the time of the request. */
  readonly business: BusinessReport | null;
  /** Issues of the incidents that it treats. */
  readonly issues: readonly number[];
  /** What the gate measured; null until it has judged the head. */
  readonly evaluation: EvaluationReport | null;
  /** null until the gate has judged the head. */
  readonly verdict: GateVerdict | null;
  readonly trainingUrl: string | null;
  readonly gateUrl: string | null;
}
