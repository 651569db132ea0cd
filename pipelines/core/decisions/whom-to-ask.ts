import type { ModelDefinition } from '../schema/model-definition.ts';

/** Who can mend what is broken. */
export interface WhomToAsk {
  /** Upstream sources that the contract names, each with its broken columns, in the order of the contract. */
  readonly sources: readonly { readonly source: string; readonly columns: readonly string[] }[];
  /** Broken columns whose source the contract does not name: the owner has to find out. */
  readonly unsourced: readonly string[];
  /** Whether something is broken that is no column, such as the volume of the log. */
  readonly isOfTheLog: boolean;
}

/** Whom to ask about broken subjects: columns by name, or parts of the log. O(subjects · columns). */
export function whomToAsk({ columns }: Pick<ModelDefinition, 'columns'>, subjects: readonly string[]): WhomToAsk {
  const broken = new Set(subjects);
  const sources = new Map<string, string[]>();
  const unsourced: string[] = [];
  for (const { name, source } of columns) {
    if (!broken.has(name)) continue;
    if (source === undefined) unsourced.push(name);
    else sources.set(source, [...(sources.get(source) ?? []), name]);
  }
  const known = new Set(columns.map(({ name }) => name));
  return {
    sources: [...sources].map(([source, names]) => ({ source, columns: names })),
    unsourced,
    isOfTheLog: subjects.some((subject) => !known.has(subject)),
  };
}
