import type { ModelDefinition } from '../schema/model-definition.ts';

/** Whether any signal of this model is measured on rows, so that a sample must be read. */
export function wantsSample({ monitoring }: ModelDefinition): boolean {
  return monitoring.multivariate.enabled;
}
