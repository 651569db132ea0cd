import { canonicalJson } from '../core/digest/canonical-json.ts';
import { digestText } from '../core/digest/sha256.ts';
import type { TrainedModel, TrainingRequest, TrainingRuntime } from '../ports/training-runtime.ts';

/** A runtime that trains what it is asked for once: the same rows, features and policy give the same bytes, so they need not be made again. */
export function rememberingRuntime(runtime: TrainingRuntime): TrainingRuntime {
  const trained = new Map<string, Promise<TrainedModel>>();
  return {
    backend: runtime.backend,
    load: (model) => runtime.load(model),
    train(request) {
      const key = keyOf(request);
      const model = trained.get(key) ?? runtime.train(request);
      trained.set(key, model);
      return model;
    },
  };
}

// Within one log, ids and arrived labels fix the rows.
function keyOf({ model, rows, features, policy, classes }: TrainingRequest): string {
  return digestText(canonicalJson({ model, features, policy, classes, ids: rows.ids, labels: Array.from(rows.labels) }));
}
