import { compareWords, type SampleWords } from '../../profile/sample-words.ts';
import type { ColumnSheet, SheetTest } from '../../schema/drift-sheet.ts';
import type { MonitoringPolicy } from '../../schema/monitoring-policy.ts';
import { type BurstingTerm, burstingTerms, countTerms } from '../../statistics/text/bursting-terms.ts';
import { fnv1a } from '../../statistics/text/fnv-1a.ts';
import { tokensOf } from '../../statistics/text/tokens.ts';

/** Texts of one side that hold something; rows of one id count once where ids are known. */
export interface TextSide {
  readonly texts: readonly string[];
  readonly ids: readonly string[] | null;
}

/** How far the owner lets words change, and how many texts a classifier learns from. */
export type WordLimits = Pick<MonitoringPolicy, 'vocabulary' | 'multivariate'>;

/** How the words of a text column have changed. */
export interface WordChange {
  /** Unknown words, or how well a classifier tells the texts apart: whichever lies further beyond its limit. */
  readonly effect: NonNullable<ColumnSheet['effect']>;
  /** The smaller of both p values, twice. */
  readonly pValue: number;
  readonly tests: readonly SheetTest[];
  /** Words that came up, most evident first. */
  readonly burst: readonly BurstingTerm[];
}

/**
 * The share of words that the reference does not know (by folds of the reference), whether a classifier tells the texts apart (out of fold), and the words that burst, shown
 * from `fewestRows` rows on. The classifier learns from a part of the texts, chosen by hash. null: too few texts. O(words + texts of the classifier · some 150).
 */
export function wordChange(
  [reference, current]: readonly [TextSide, TextSide],
  { limits, fewestRows }: { readonly limits: WordLimits; readonly fewestRows: number },
): WordChange | null {
  const most = limits.multivariate.sampleRows;
  const sides = [wordsOf(fewer(reference, most)), wordsOf(fewer(current, most))] as const;
  const { vocabulary, domain } = compareWords(...sides);
  if (vocabulary === null || domain === null) return null;
  const rise = vocabulary.current - vocabulary.reference;
  const unknown = { id: 'outOfVocabulary', value: rise, limit: limits.vocabulary.toleratedIncrease };
  const wording = { id: 'textArea', value: domain.area, limit: limits.multivariate.areaFloor };
  const isWording = (domain.area - 0.5) / (wording.limit - 0.5) > rise / unknown.limit;
  return {
    effect: isWording ? wording : unknown,
    pValue: Math.min(1, 2 * Math.min(vocabulary.pValue, domain.pValue)),
    tests: [
      {
        id: 'outOfVocabulary',
        statistic: vocabulary.statistic,
        pValue: vocabulary.pValue,
        estimate: rise,
        interval: vocabulary.interval,
        use: 'deciding',
        note: 'rise of the share of words that the reference does not know, by folds of the reference',
      },
      {
        id: 'textArea',
        statistic: domain.statistic,
        pValue: domain.pValue,
        estimate: domain.area,
        interval: domain.interval,
        use: 'deciding',
        note: 'area under the ROC curve of a classifier that tells the texts apart, out of fold; 0.5 without drift',
      },
    ],
    burst: burstOf(reference, current, fewestRows),
  };
}

function burstOf(reference: TextSide, current: TextSide, minimumCount: number): readonly BurstingTerm[] {
  const counted = ({ texts, ids }: TextSide) => countTerms(texts.map(tokensOf), ids ?? texts.map((_, row) => String(row)));
  return burstingTerms(counted(reference), counted(current), { minimumCount }).terms;
}

/** At most `most` texts, those with the smallest hash: equal texts stay together. */
function fewer({ texts, ids }: TextSide, most: number): TextSide {
  if (texts.length <= most) return { texts, ids };
  const hashes = texts.map((text, row) => fnv1a(`few ${ids?.[row] ?? text}`));
  const last = hashes.toSorted((a, b) => a - b)[most - 1] ?? 0;
  const kept = texts.flatMap((_, row) => ((hashes[row] ?? 0) <= last ? [row] : []));
  return { texts: kept.map((row) => texts[row] ?? ''), ids: ids === null ? null : kept.map((row) => ids[row] ?? '') };
}

/** Without ids equal texts share a fold, so that no copy of a text helps to guess it. */
function wordsOf({ texts, ids }: TextSide): SampleWords {
  return { ids: ids ?? texts, tokens: texts.map(tokensOf) };
}
