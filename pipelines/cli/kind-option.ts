import type { AskedKind } from '../adapters/duckdb/infer-kinds.ts';
import { UserError } from '../core/errors/user-error.ts';

const KINDS = ['numeric', 'categorical', 'text'] as const;

/** Kinds of columns that a person states, from `--kind column=kind`. Throws a UserError (KIND_INVALID). */
export function askedKinds(texts: readonly string[]): Readonly<Record<string, AskedKind>> {
  return Object.fromEntries(
    texts.map((text) => {
      const place = text.lastIndexOf('=');
      const kind = KINDS.find((each) => each === text.slice(place + 1));
      if (place > 0 && kind !== undefined) return [text.slice(0, place), kind];
      throw new UserError({
        code: 'KIND_INVALID',
        message: `--kind ${text} is no column with a kind`,
        hint: `write for example --kind postcode=categorical; kinds are ${KINDS.join(', ')}`,
      });
    }),
  );
}
