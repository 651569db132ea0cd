import type { Column } from '../schema/column.ts';
import type { Signal, SignalPart } from '../schema/signal.ts';
import type { RestlessEvidence } from '../statistics/sequential/restless-evidence.ts';
import type { BurstingTerm } from '../statistics/text/bursting-terms.ts';
import type { OutOfVocabulary } from '../statistics/text/out-of-vocabulary.ts';
import type { TextDrift } from '../statistics/text/text-domain-classifier.ts';
import { EVIDENCE_LEVEL } from './evidence-level.ts';
import { figure, percent, probability, rowsText } from './phrase-figures.ts';
import { evidenceSentence, sampledStatus, toldEvidence } from './sampled-drift.ts';
import { signalOf, type WindowEvidence } from './signal-of.ts';

const NAMED_WORDS = 5;
const LISTED_WORDS = 20;
const METHOD =
  'Share of words that the reference does not know, by folds of the reference; words that burst by Fisher and Benjamini-Hochberg';

/** All that is known of one text column in one window. */
export interface WordsFound {
  readonly column: Column;
  readonly vocabulary: OutOfVocabulary;
  readonly domain: TextDrift;
  readonly words: RestlessEvidence;
  readonly wording: RestlessEvidence;
  readonly burst: readonly BurstingTerm[];
  /** Texts of the window, and how many of them were weighed against the reference. */
  readonly rows: number;
  readonly weighed: number;
  readonly eValue: number;
  readonly total: number;
}

/** A text column that could not be judged. */
export function unjudgedWords(
  evidence: WindowEvidence,
  { name }: Column,
  { rows, why }: { readonly rows: number; readonly why: string },
): Signal {
  return signalOf(evidence, { kind: 'vocabulary', subject: name, method: METHOD, sampleSize: rows, status: 'insufficient-data', why });
}

/** The share of unknown words, with the words that burst: those to teach the model. */
export function wordsSignal(evidence: WindowEvidence, found: WordsFound): Signal {
  const { column, vocabulary, words, total } = found;
  const tolerated = evidence.definition.monitoring.vocabulary.toleratedIncrease;
  const isLarge = vocabulary.current - vocabulary.reference >= tolerated;
  const { interval } = vocabulary;
  return signalOf(evidence, {
    kind: 'vocabulary',
    subject: column.name,
    method: METHOD,
    value: vocabulary.current,
    reference: vocabulary.reference,
    interval: { lower: vocabulary.reference + interval.lower, upper: vocabulary.reference + interval.upper, level: interval.level },
    pValue: words.pValue,
    evidence: toldEvidence(evidence, found.eValue, total),
    threshold: {
      operator: '>',
      level: vocabulary.reference + tolerated,
      rule: 'share in the reference plus monitoring.vocabulary.toleratedIncrease',
    },
    sampleSize: found.weighed,
    parts: found.burst.slice(0, LISTED_WORDS).map((term) => partOf(term, evidence.definition.privacy.minimumCount)),
    status: sampledStatus(evidence, { isLarge, pValue: words.pValue, total }),
    why: wordsSentence(evidence, found, { isLarge, tolerated }),
  });
}

/** How few ids of the reference use a word is not told, nor in so many digits of its evidence that it could be computed. */
function partOf({ term, z, reference, current }: BurstingTerm, minimumCount: number): SignalPart {
  const isFew = reference > 0 && reference < minimumCount;
  return { name: term, value: Number(z.toPrecision(isFew ? 2 : 6)), reference: isFew ? null : reference, current };
}

function wordsSentence(
  evidence: WindowEvidence,
  found: WordsFound,
  { isLarge, tolerated }: { readonly isLarge: boolean; readonly tolerated: number },
): string {
  const { column, vocabulary, words } = found;
  const measured = `${percent(vocabulary.current)} of the words of ${column.name} are unknown to the reference, where ${percent(vocabulary.reference)} are new to its other parts (${probability(words.pValue)}, tolerated increase ${percent(tolerated)})`;
  if (words.pValue > EVIDENCE_LEVEL) return `${measured}: no more than chance gives. ${burstSentence(found)}`;
  if (!isLarge) return `${measured}: too few to matter. ${burstSentence(found)}`;
  return `${measured}; ${evidenceSentence(evidence, found.total)} ${burstSentence(found)}`;
}

function burstSentence({ column, burst, rows }: WordsFound): string {
  if (column.sensitivity === 'personal') return `${column.name} is personal: its words are never shown.`;
  if (burst.length === 0) return 'No word bursts.';
  const named = burst.slice(0, NAMED_WORDS).map(({ term, current }) => `"${term}" (${figure(current)})`);
  return `${figure(burst.length)} ${burst.length === 1 ? 'word bursts' : 'words burst'} in ${rowsText(rows)}: ${named.join(', ')}${burst.length > NAMED_WORDS ? ' and more' : ''}.`;
}

/** Whether a classifier tells the texts of the window from those of the reference. */
export function wordingSignal(evidence: WindowEvidence, found: WordsFound): Signal {
  const { column, domain, wording, weighed, total } = found;
  const { areaFloor } = evidence.definition.monitoring.multivariate;
  const isLarge = domain.area >= areaFloor;
  const measured = `A classifier tells ${rowsText(weighed)} of ${column.name} from the reference by their words and letters with an area of ${figure(domain.area)} (limit ${figure(areaFloor)}, .5 is chance, ${probability(wording.pValue)})`;
  const judged =
    wording.pValue > EVIDENCE_LEVEL
      ? ': no more than chance gives.'
      : isLarge
        ? `; ${evidenceSentence(evidence, total)}`
        : ': too little to matter.';
  return signalOf(evidence, {
    kind: 'multivariate-drift',
    subject: column.name,
    method: 'Domain classifier on hashed words, pairs of words and runs of letters, area out of fold, p value of progressive validation',
    value: domain.area,
    reference: 0.5,
    interval: domain.interval,
    pValue: wording.pValue,
    evidence: toldEvidence(evidence, found.eValue, total),
    threshold: { operator: '>', level: areaFloor, rule: 'monitoring.multivariate.areaFloor of model.yml' },
    sampleSize: weighed,
    status: sampledStatus(evidence, { isLarge, pValue: wording.pValue, total }),
    why: `${measured}${judged}`,
  });
}
