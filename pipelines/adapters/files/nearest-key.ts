import type { z } from 'zod';

/**
 * The key that a misspelt one was probably meant to be: the one that the schema knows at this place within two edits (Levenshtein 1966), and nearer than half its
 * length. null when none is that near.
 */
export function nearestKey(schema: z.ZodType, path: readonly PropertyKey[], key: string): string | null {
  const known = keysAt(schema, path);
  const ranked = known
    .map((each) => ({ each, edits: editDistance(each.toLowerCase(), key.toLowerCase()) }))
    .sort((a, b) => a.edits - b.edits);
  const [best] = ranked;
  return best !== undefined && best.edits <= 2 && best.edits * 2 < best.each.length ? best.each : null;
}

function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  const [first, ...rest] = path;
  return branchesOf(schema).flatMap((branch) => {
    const { def } = branch as unknown as { readonly def: Definition };
    if (first === undefined) return def.shape === undefined ? [] : Object.keys(def.shape);
    const child = typeof first === 'number' ? def.element : def.shape?.[String(first)];
    return child === undefined ? [] : keysAt(child, rest);
  });
}

/** What of a zod schema is read here. */
interface Definition {
  readonly shape?: Readonly<Record<string, z.ZodType>>;
  readonly element?: z.ZodType;
  readonly innerType?: z.ZodType;
  readonly options?: readonly z.ZodType[];
}

/** The schema without optional, default and the like; of a union all branches. */
function branchesOf(schema: z.ZodType): z.ZodType[] {
  const { def } = schema as unknown as { readonly def: Definition };
  if (def.innerType !== undefined) return branchesOf(def.innerType);
  if (def.options !== undefined) return def.options.flatMap(branchesOf);
  return [schema];
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const substitution = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substitution, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
