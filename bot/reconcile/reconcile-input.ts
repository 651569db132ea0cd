import type { Decision } from '../../pipelines/core/schema/decision.ts';
import type { ModelDefinition } from '../../pipelines/core/schema/model-definition.ts';
import type { MonitoringReport } from '../../pipelines/core/schema/monitoring-report.ts';
import type { ArtifactStore } from '../../pipelines/ports/artifact-store.ts';
import type { Clock } from '../../pipelines/ports/clock.ts';
import type { LabelLog } from '../../pipelines/ports/label-log.ts';
import type { Logger } from '../../pipelines/ports/logger.ts';
import type { ModelRepository } from '../../pipelines/ports/model-repository.ts';
import type { PredictionLog } from '../../pipelines/ports/prediction-log.ts';
import type { Random } from '../../pipelines/ports/random.ts';
import type { StateStore } from '../../pipelines/ports/state-store.ts';
import type { TrainingRuntime } from '../../pipelines/ports/training-runtime.ts';
import type { TryRemedies } from '../../pipelines/stages/open-trials.ts';
import type { CodeHost } from '../effects/code-host.ts';
import type { EffectOutcome } from './effect-outcome.ts';

export type OpenedLogs = PredictionLog & LabelLog & { close(): void };

/** Everything that one reconciliation of one model needs. */
export interface ReconcileInput {
  readonly model: string;
  readonly host: CodeHost;
  readonly state: StateStore;
  /** The files of one commit. */
  readonly openRepository: (sha: string) => ModelRepository;
  readonly openLogs: (definition: ModelDefinition) => Promise<OpenedLogs>;
  /** Loads a version that does not serve, to score with it in the shadow. */
  readonly loadPredictor: TrainingRuntime['load'];
  /** Tries remedies before one is proposed. Left out: none is tried. A shell that answers webhooks leaves it out, since training would hold them up. */
  readonly trials?: (repository: ModelRepository) => TryRemedies;
  readonly artifacts: ArtifactStore;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly shell: Shell;
}

/** Who is asking. */
export interface Shell {
  /** `app`, or `action:<run id>`: the name on the lease. */
  readonly holder: string;
  readonly leaseSeconds: number;
  /** Signs markers; null leaves them unsigned. */
  readonly markerKey: Uint8Array | null;
  /** `logs`: look at the log now (or ask a workflow to). `nothing`: only advance what is under way. */
  readonly observe: 'logs' | 'nothing';
  /** A report that a job of this very run measured; null when there is none. */
  readonly report: Uint8Array | null;
}

export interface Reconciliation {
  /** `lease-held`: another shell acts. `not-deployed`: the model has no deployment.yml. */
  readonly standing: 'acted' | 'lease-held' | 'not-deployed';
  readonly decisions: readonly Decision[];
  readonly applied: readonly EffectOutcome[];
  /** null when this run looked at no log. */
  readonly report: MonitoringReport | null;
}
