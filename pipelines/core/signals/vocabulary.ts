import { textColumns, weighedRows } from '../profile/restless-rows.ts';
import { everyRow, fewerRows } from '../profile/sample-table.ts';
import { compareWords, filledWords, type SampleWords, takeWords, wordsOf } from '../profile/sample-words.ts';
import type { Column } from '../schema/column.ts';
import type { RowSample } from '../schema/row-sample.ts';
import { averageEValue } from '../statistics/sequential/average-e-value.ts';
import { FEWEST_ROWS } from '../statistics/sequential/drift-evidence.ts';
import { restlessEvidence } from '../statistics/sequential/restless-evidence.ts';
import { type BurstingTerm, burstingTerms, countTerms } from '../statistics/text/bursting-terms.ts';
import { figure, rowsText } from './phrase-figures.ts';
import { restlessnessOf, type SampledDrift } from './sampled-drift.ts';
import { scriptSignal } from './script-signal.ts';
import type { WindowEvidence } from './signal-of.ts';
import { unjudgedWords, type WordsFound, wordingSignal, wordsSignal } from './words-signals.ts';

/**
 * What people write: the share of words that the reference does not know, the words that burst, whether a classifier tells the texts apart, and the mix of
 * scripts. Words are shown only when at least `privacy.minimumCount` ids of the window use them, and never of personal columns. One e-value a text column,
 * the mean of that of its unknown words and of its classifier, in the evidence of the model.
 */
export function vocabularyDrift(evidence: WindowEvidence): SampledDrift[] {
  const { definition, sample } = evidence;
  if (!definition.monitoring.multivariate.enabled || sample === null || sample === undefined) return [];
  return textColumns(definition).map((column) => wordsDrift(evidence, column, sample));
}

/** The name of a text column's words in the evidence of the model; its length is in it under the column's own name. */
function keyOf({ name }: Column): string {
  return `$words:${name}`;
}

function wordsDrift(evidence: WindowEvidence, column: Column, sample: RowSample): SampledDrift {
  const key = keyOf(column);
  const { reference, all, current } = drawWords(evidence, column, sample);
  const rows = filledWords(all).ids.length;
  const obstacle = obstacleOf(evidence, { rows, weighed: filledWords(current).ids.length });
  const { vocabulary, domain } = obstacle === null ? compareWords(reference, current) : { vocabulary: null, domain: null };
  if (vocabulary === null || domain === null) {
    const why = obstacle ?? `Too few texts of ${column.name} to compare.`;
    return { key, eValue: null, tell: () => [unjudgedWords(evidence, column, { rows, why })] };
  }
  const usual = evidence.reference.restless?.texts[column.name];
  const words = restlessEvidence(vocabulary.statistic, restlessnessOf(usual, usual?.words));
  const wording = restlessEvidence(domain.statistic, restlessnessOf(usual, usual?.area));
  const eValue = averageEValue([words.eValue, wording.eValue]);
  const burst = burstOf(evidence, column, { reference, all });
  return {
    key,
    eValue,
    tell: (total) => {
      const found: WordsFound = {
        column,
        vocabulary,
        domain,
        words,
        wording,
        burst,
        rows,
        weighed: filledWords(current).ids.length,
        eValue,
        total,
      };
      return [wordsSignal(evidence, found), wordingSignal(evidence, found), scriptSignal(evidence, column, sample)];
    },
  };
}

/** The reference weighs at most `sampleRows` rows, the window a tenth of it; words that burst are looked for in all rows of the window's sample. */
function drawWords(
  { definition, reference: against }: WindowEvidence,
  { name }: Column,
  sample: RowSample,
): Readonly<Record<'reference' | 'all' | 'current', SampleWords>> {
  const limit = definition.monitoring.multivariate.sampleRows;
  const reference = takeWords(wordsOf(sample.reference, name), fewerRows(sample.reference, everyRow(sample.reference), limit));
  const all = wordsOf(sample.window, name);
  const most = weighedRows(against, reference.ids.length);
  return { reference, all, current: takeWords(all, fewerRows(sample.window, everyRow(sample.window), most)) };
}

function obstacleOf(
  { definition, reference }: WindowEvidence,
  { rows, weighed }: { readonly rows: number; readonly weighed: number },
): string | null {
  const { minimumRows } = definition.monitoring;
  if (rows < minimumRows) return `${rowsText(rows)} with a text in the window; words are judged from ${figure(minimumRows)} on.`;
  if (weighed >= FEWEST_ROWS) return null;
  return `The log holds too few texts of the range of ${reference.version}'s reference to compare words.`;
}

function burstOf(
  { definition }: WindowEvidence,
  { sensitivity }: Column,
  { reference, all }: Readonly<Record<'reference' | 'all', SampleWords>>,
): readonly BurstingTerm[] {
  if (sensitivity === 'personal') return [];
  const [before, now] = [filledWords(reference), filledWords(all)];
  return burstingTerms(countTerms(before.tokens, before.ids), countTerms(now.tokens, now.ids), {
    minimumCount: definition.privacy.minimumCount,
  }).terms;
}
