import { digestValue } from '../digest/sha256.ts';
import type { Digest } from '../schema/digest.ts';
import type { ModelDefinition } from '../schema/model-definition.ts';

/** Digest of all that decides how the gate measures and judges: its policy, the metric that selects, and the values and threshold of calls. */
export function rulesDigest(definition: ModelDefinition): Digest {
  return digestValue({
    gate: definition.gate,
    metric: definition.monitoring.performance.metric,
    businessValue: definition.businessValue ?? null,
  });
}
