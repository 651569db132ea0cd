import type { RowTable } from '../core/schema/row-table.ts';

/** Features of which no row has a value: a number that is one, a text or a category. They teach a model nothing, mostly because they are written in a form that is not read. */
export function emptyFeatures(rows: Pick<RowTable, 'numeric' | 'categorical' | 'texts'>, features: readonly string[]): string[] {
  return features.filter((name) => {
    const numbers = rows.numeric[name];
    if (numbers !== undefined) return numbers.length > 0 && !numbers.some(Number.isFinite);
    const texts = rows.categorical[name] ?? rows.texts[name] ?? [];
    return texts.length > 0 && texts.every((text) => text === null);
  });
}
