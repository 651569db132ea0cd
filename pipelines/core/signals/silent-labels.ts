import type { ReferenceProfile } from '../schema/reference-profile.ts';
import type { Signal } from '../schema/signal.ts';
import { figure, rowsText } from './phrase-figures.ts';
import { signalOf, type WindowEvidence } from './signal-of.ts';

/** So many labels are to be expected before their absence is no chance: even where days differ tenfold as much as independent rows. */
const LEAST_EXPECTED = 50;

/**
 * Whether labels have stopped: none of the newest rows has one, though by the time that labels usually take (the lag curve of the version, else labels.delay)
 * they should be in. A label that lies beside its features has no time of arrival, so that nothing but its absence tells. Alert when at least 50 labels are
 * missing, and for more windows in a row than the reference ever went without: some teams label once a month. Nothing is said where no history is known.
 */
export function silentLabels(evidence: WindowEvidence): Signal[] {
  const { reference, realised } = evidence;
  const silence = realised?.silence;
  if (silence === undefined) return [];
  const base = {
    kind: 'freshness' as const,
    subject: 'labels',
    method: 'Rows without a label, where labels should be in',
    sampleSize: silence?.rows ?? 0,
  };
  const share = usualShare(reference);
  if (silence === null || share === 0) {
    const why = silence === null ? 'No window with rows is mature yet.' : `The reference of ${reference.version} has no labels.`;
    return [signalOf(evidence, { ...base, status: 'insufficient-data', why })];
  }
  const expected = silence.due * share;
  const longest = longestSilence(reference);
  const threshold = { operator: '>' as const, level: LEAST_EXPECTED, rule: 'labels that should be in, of rows none of which has one' };
  const statement = { ...base, value: expected, reference: 0, threshold };
  if (silence.windows === 0) return [signalOf(evidence, { ...statement, status: 'ok', why: 'The newest mature window has labels.' })];
  const stopped = expected > LEAST_EXPECTED && silence.windows > longest;
  const windows = silence.windows === 1 ? 'the newest mature window' : `the newest ${figure(silence.windows)} mature windows`;
  const why = `None of the ${rowsText(silence.rows)} of ${windows} has a label, where about ${figure(Math.round(expected))} were to be expected by now`;
  return [
    signalOf(evidence, {
      ...statement,
      status: stopped ? 'alert' : 'ok',
      why: stopped
        ? `${why}: labels stop at ${silence.since}. Ask whoever writes the labels.`
        : `${why}${silence.windows > longest ? ', too few to tell' : `; the reference went without for ${figure(longest)} in a row`}.`,
    }),
  ];
}

/** Share of rows that get a label in the end; rather too small where not all rows of the reference were read. */
function usualShare({ labels, profile }: ReferenceProfile): number {
  return profile.rows === 0 ? 0 : Math.min(1, labels.labelled / profile.rows);
}

/** Windows of the reference in a row with rows and no label. */
function longestSilence({ figures, rowsByWindow }: ReferenceProfile): number {
  const rows = new Map(rowsByWindow);
  let [longest, current] = [0, 0];
  for (const [start, labelled] of figures?.windows ?? []) {
    if (labelled > 0) current = 0;
    else if ((rows.get(start) ?? 0) > 0) current += 1;
    longest = Math.max(longest, current);
  }
  return longest;
}
