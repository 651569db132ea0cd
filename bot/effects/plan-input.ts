import type { Instant } from '../../pipelines/core/schema/instant.ts';
import type { ModelDefinition } from '../../pipelines/core/schema/model-definition.ts';
import type { ModelState } from '../../pipelines/core/schema/model-state.ts';
import type { HostFacts } from './host-facts.ts';
import type { Signing } from './marker.ts';

/** Desired state and actual state: all that planning looks at. */
export interface PlanInput {
  readonly definition: ModelDefinition;
  /** After this run's decisions, with its intents. */
  readonly state: ModelState;
  readonly facts: HostFacts;
  readonly signing: Signing;
  /** The moment of the run, by the clock of windows: snoozes end by it. */
  readonly asOf: Instant;
  readonly replies: readonly Reply[];
}

/** The answer to one command. */
export interface Reply {
  readonly comment: number;
  readonly number: number;
  readonly text: string;
}
