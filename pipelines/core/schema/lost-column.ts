import type { ModelDefinition } from './model-definition.ts';
import type { SignalKind } from './signal.ts';

const OF_COLUMNS: ReadonlySet<SignalKind> = new Set([
  'data-drift',
  'vocabulary',
  'missing-values',
  'unseen-values',
  'out-of-range',
  'schema',
  'unit-slip',
  'folded-values',
]);

/** Whether a statement is about a column that the definition no longer watches: nobody will ever measure it again. */
export function isOfLostColumn(
  { kind, subject }: { readonly kind: SignalKind; readonly subject: string },
  { columns }: Pick<ModelDefinition, 'columns'>,
): boolean {
  return OF_COLUMNS.has(kind) && !columns.some(({ name, role }) => name === subject && role !== 'ignored');
}
