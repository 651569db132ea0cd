import { phraseVerb } from '../schema/phrase-number.ts';
import type { Signal } from '../schema/signal.ts';
import { alarmChance } from './alarm-chance.ts';
import { judgeIncrease } from './judge-increase.ts';
import { figure, percent, rowsText } from './phrase-figures.ts';
import { signalOf, type WindowEvidence } from './signal-of.ts';

/**
 * Rows whose id was there already, on the same day (these are set aside) or on a day of the week before (these are not, since nobody knows which
 * of the two is right), against the share of the reference. Alert when their share lies above the usual one by more than
 * logs.maximumQuarantineShare for sure. An empty list when neither window nor reference was searched.
 */
export function duplicates(evidence: WindowEvidence): Signal[] {
  const { definition, profile, reference } = evidence;
  const before = reference.profile.integrity;
  if (before === undefined && profile.integrity === undefined) return [];
  const allowed = definition.logs.maximumQuarantineShare;
  const rule = { tolerated: allowed, chance: alarmChance(definition, 'fresh') };
  const sameDay = profile.quarantined['duplicate-id'] ?? 0;
  const rows = profile.rows + sameDay;
  const base = {
    kind: 'duplicates' as const,
    subject: definition.logs.columns.id,
    method: 'Share of rows with an id that came before, Wilson interval',
    sampleSize: rows,
  };
  const none = (why: string) => [signalOf(evidence, { ...base, status: 'insufficient-data', why })];
  if (profile.integrity === undefined) return none('The ids of the window were not compared with those of earlier days.');
  const least = definition.monitoring.minimumRows;
  if (rows < least) return none(`${rowsText(rows)} in the window; at least ${figure(least)} are needed.`);
  const { repeatedIds } = profile.integrity;
  const usual = before === undefined ? { bad: 0, rows: 0 } : { bad: usualRepeats(evidence), rows: reference.profile.rows };
  const { value, reference: share, interval, level, status } = judgeIncrease({ bad: sameDay + repeatedIds, rows }, usual, rule);
  return [
    signalOf(evidence, {
      ...base,
      value,
      reference: share,
      interval,
      threshold: { operator: '>', level, rule: 'share of the reference plus logs.maximumQuarantineShare' },
      status,
      why: `${rowsText(sameDay + repeatedIds)} of ${figure(rows)} (${percent(value)}) ${phraseVerb(sameDay + repeatedIds, 'has', 'have')} an id that was there already: ${figure(sameDay)} of the same day, ${figure(repeatedIds)} of the week before; ${percent(level)} are accepted.`,
    }),
  ];
}

function usualRepeats({ reference }: WindowEvidence): number {
  return (reference.profile.quarantined['duplicate-id'] ?? 0) + (reference.profile.integrity?.repeatedIds ?? 0);
}
