import type { Column } from '../schema/column.ts';
import { phraseQuantity, phraseVerb } from '../schema/phrase-number.ts';
import type { Signal } from '../schema/signal.ts';
import { twoProportions } from '../statistics/hypotheses/two-proportions.ts';
import { alarmChance } from './alarm-chance.ts';
import { columnSubjects } from './column-subjects.ts';
import { EVIDENCE_LEVEL } from './evidence-level.ts';
import { figure, percent, probability, rowsText } from './phrase-figures.ts';
import { resemblingValues } from './resembling-values.ts';
import { signalOf, type WindowEvidence } from './signal-of.ts';

/**
 * Share of rows whose category the reference does not name, against the share that the reference itself folded away as rare: alert when it is
 * larger by more than monitoring.unseen.toleratedShare and chance does not explain it (a warning where it may). Names of personal columns are not kept, so they cannot be judged.
 */
export function unseenValues(evidence: WindowEvidence): Signal[] {
  return columnSubjects(evidence.definition)
    .filter(({ kind }) => kind === 'categorical')
    .map((column) => unseenSignal(evidence, column));
}

function unseenSignal(evidence: WindowEvidence, { name, sensitivity }: Column): Signal {
  const { definition, profile, reference } = evidence;
  const current = profile.columns[name];
  const before = reference.profile.columns[name];
  const binning = reference.binnings[name];
  const sampleSize = current?.rows ?? 0;
  const base = {
    kind: 'unseen-values' as const,
    subject: name,
    sampleSize,
    method: 'Two-proportion z test, Newcombe interval of the increase',
  };
  const none = (why: string) => signalOf(evidence, { ...base, status: 'insufficient-data', why });
  if (sensitivity === 'personal') return none(`${name} is personal: its values are counted without their names.`);
  const least = definition.monitoring.minimumRows;
  if (sampleSize < least) return none(`${rowsText(sampleSize)} of ${name} in the window; at least ${figure(least)} are needed.`);
  if (current?.kind !== 'categorical' || before?.kind !== 'categorical' || binning?.kind !== 'categorical' || before.rows === 0) {
    return none(`The reference holds no categories of ${name}.`);
  }
  const known = new Set(binning.known);
  const unseen = Object.entries(current.counts).filter(([value]) => !known.has(value));
  const rows = unseen.reduce((sum, [, count]) => sum + count, 0);
  const { difference, interval, pValue } = twoProportions(
    { successes: before.other, trials: before.rows },
    { successes: rows, trials: current.rows },
  );
  const usual = before.other / before.rows;
  const tolerated = definition.monitoring.unseen.toleratedShare;
  return signalOf(evidence, {
    ...base,
    value: rows / current.rows,
    reference: usual,
    interval: { lower: usual + interval.lower, upper: usual + interval.upper, level: interval.level },
    pValue,
    threshold: { operator: '>', level: usual + tolerated, rule: 'rare share of the reference plus monitoring.unseen.toleratedShare' },
    status: difference <= tolerated ? 'ok' : pValue <= Math.min(EVIDENCE_LEVEL, alarmChance(definition, 'fresh')) ? 'alert' : 'warning',
    why: `${rowsText(rows)} (${percent(rows / current.rows)}) ${phraseVerb(rows, 'holds', 'hold')} ${phraseQuantity(unseen.length, 'value')} of ${name} that the reference does not name; rare values made up ${percent(usual)} of it (${probability(pValue)}, tolerated share ${percent(tolerated)}).${difference <= tolerated ? '' : resemblingValues(unseen, binning.known, definition.privacy.minimumCount)}`,
  });
}
