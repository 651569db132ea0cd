import type { ModelDefinition } from '../core/schema/model-definition.ts';
import type { ModelState } from '../core/schema/model-state.ts';
import { estimateView } from '../core/views/estimate-view.ts';

/** The estimate of the newest rows with its status, and how such estimates fared; no line for a model that was never estimated. */
export function phraseEstimate(definition: ModelDefinition, state: ModelState): string[] {
  const { now, why, points, record } = estimateView(definition, state);
  if (points.length === 0) return [];
  return [now === null ? `no estimate without labels: ${why}` : `${now.status}: ${now.why}`, record];
}
