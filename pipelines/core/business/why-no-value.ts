import type { ModelDefinition } from '../schema/model-definition.ts';

/** Why a definition gives no money; null when it does. */
export function whyNoValue({ task, businessValue }: Pick<ModelDefinition, 'task' | 'businessValue'>): string | null {
  if (task === 'regression') return 'A regression makes no right and wrong calls to put a value on.';
  return businessValue === undefined ? 'The definition states no value for right and wrong calls.' : null;
}
