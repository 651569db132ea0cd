import { digestValue } from '../digest/sha256.ts';
import type { Digest } from '../schema/digest.ts';
import type { ModelDefinition } from '../schema/model-definition.ts';

/** Digest of all that decides how the gate measures and judges: its policy, the metric that selects, the values and threshold of calls, the slices and groups that it looks at, and which classes are favourable. */
export function rulesDigest(definition: ModelDefinition): Digest {
  return digestValue({
    gate: definition.gate,
    metric: definition.monitoring.performance.metric,
    businessValue: definition.businessValue ?? null,
    slices: definition.slices,
    protected: definition.columns.filter(({ role }) => role === 'protected'),
    parts: {
      slices: definition.monitoring.slices,
      fairness: definition.monitoring.fairness,
      minimumCount: definition.privacy.minimumCount,
      ...(definition.labels.favourable === undefined ? {} : { favourable: definition.labels.favourable }),
    },
  });
}
