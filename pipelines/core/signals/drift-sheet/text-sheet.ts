import type { ColumnSheet } from '../../schema/drift-sheet.ts';
import { phraseQuantity } from '../../schema/phrase-number.ts';
import type { ColumnTerms, ComparedColumn } from './compared-table.ts';
import { type TextSide, type WordLimits, wordChange } from './word-change.ts';

/** Both sides of a text column, and the ids of their rows where they are known. */
export interface TextPair {
  readonly sides: readonly [ComparedColumn, ComparedColumn];
  readonly ids: readonly [readonly string[] | null, readonly string[] | null];
  readonly terms: ColumnTerms;
  readonly limits: WordLimits;
}

/** A word of fewer rows may name a person. */
const FEWEST_SHOWN = 20;
const NAMED = 8;

/**
 * A text column is judged by its words: whether more of them are unknown to the reference than is tolerated, or a classifier tells the texts apart. What was measured of
 * its lengths stays on the sheet, for reading. Texts with too few words leave it at the lengths.
 */
export function textSheet(sheet: ColumnSheet, { sides: [reference, current], ids, terms, limits }: TextPair): ColumnSheet {
  const texts = [textsOf(reference, ids[0]), textsOf(current, ids[1])] as const;
  const change = wordChange(texts, { limits, fewestRows: Math.max(terms.fewestRows, FEWEST_SHOWN) });
  if (change === null) return { ...sheet, notes: [...sheet.notes, 'too few words to compare: judged by the length of its texts'] };
  const shown = terms.isPersonal ? [] : change.burst.slice(0, NAMED);
  const named = shown.map(({ term, reference: before, current: now }) => `"${term}" (${before} → ${phraseQuantity(now, 'row')})`);
  return {
    ...sheet,
    effect: change.effect,
    evidence: { test: 'unknownWordsAndWording', pValue: change.pValue, qValue: null },
    tests: [...change.tests, ...sheet.tests.map((test) => (test.use === 'deciding' ? { ...test, use: 'report' as const } : test))],
    distances: sheet.distances.map((each) => (each.use === 'deciding' ? { ...each, use: 'report' as const } : each)),
    notes: [...sheet.notes, ...(named.length === 0 ? [] : [`words that came up: ${named.join(', ')}`])],
  };
}

function textsOf(column: ComparedColumn, ids: readonly string[] | null): TextSide {
  if (column.kind !== 'text' && column.kind !== 'categorical') return { texts: [], ids: null };
  const filled = column.values.flatMap((text, row) => (text === null || text === '' ? [] : [{ text, id: ids?.[row] ?? '' }]));
  return { texts: filled.map(({ text }) => text), ids: ids === null ? null : filled.map(({ id }) => id) };
}
