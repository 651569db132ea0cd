import { durationSeconds } from '../core/schema/duration.ts';
import { addSeconds, epochSeconds, type Instant, instantFromEpoch } from '../core/schema/instant.ts';
import type { ModelDefinition } from '../core/schema/model-definition.ts';

/** Where the rows of a first version part: trained on before `trainUntil`, judged on (and so its reference) from there to `referenceUntil`. */
export interface InitialSplit {
  readonly trainUntil: Instant;
  readonly referenceUntil: Instant;
}

/** What a person says about the split; null leaves it to the definition. */
export type AskedSplit = { readonly [Part in keyof InitialSplit]: Instant | null };

/**
 * The split of a log that nobody has split yet: the first `training.recentRange` trains version 1 and the next `training.heldOutRange` judges it, counted
 * from the start (UTC) of the monitoring window that holds the oldest row (`earliest`). What was asked for goes before.
 */
export function initialSplit(definition: ModelDefinition, earliest: Instant, asked: AskedSplit): InitialSplit {
  const { monitoring, training } = definition;
  const length = durationSeconds(monitoring.window);
  const start = instantFromEpoch(Math.floor(epochSeconds(earliest) / length) * length);
  const trainUntil = asked.trainUntil ?? addSeconds(start, durationSeconds(training.recentRange));
  return { trainUntil, referenceUntil: asked.referenceUntil ?? addSeconds(trainUntil, durationSeconds(training.heldOutRange)) };
}
