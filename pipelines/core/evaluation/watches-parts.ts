import type { ModelDefinition } from '../schema/model-definition.ts';

/** Whether a definition asks for figures of parts of the rows in every window. */
export function watchesParts({ slices, columns }: ModelDefinition): boolean {
  return slices.length > 0 || columns.some(({ role }) => role === 'protected');
}
