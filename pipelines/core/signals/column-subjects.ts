import type { Column } from '../schema/column.ts';
import type { ModelDefinition } from '../schema/model-definition.ts';

/** The columns that are watched: features and protected columns, in the order of the data contract. */
export function columnSubjects(definition: ModelDefinition): Column[] {
  return definition.columns.filter(({ role }) => role !== 'ignored');
}
