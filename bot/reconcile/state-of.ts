import { emptyModelState, type ModelState } from '../../pipelines/core/schema/model-state.ts';
import type { StateSnapshot } from '../../pipelines/ports/state-store.ts';

/** The state of a model in a snapshot; a model that was never watched has an empty one. */
export function stateOf(snapshot: StateSnapshot, model: string): ModelState {
  return snapshot.models[model] ?? emptyModelState(model);
}
