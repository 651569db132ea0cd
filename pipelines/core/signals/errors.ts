import type { Signal } from '../schema/signal.ts';
import { alarmChance } from './alarm-chance.ts';
import { judgeShare } from './judge-share.ts';
import { figure, percent, rowsText } from './phrase-figures.ts';
import { signalOf, type WindowEvidence } from './signal-of.ts';

/** Share of predictions that failed against monitoring.errors.maximumShare, when the definition sets one. */
export function errors(evidence: WindowEvidence): Signal[] {
  const { definition, profile, reference } = evidence;
  const limit = definition.monitoring.errors;
  if (limit === undefined) return [];
  const base = {
    kind: 'errors' as const,
    subject: 'predictions',
    method: 'Share of failed predictions, Wilson interval',
    sampleSize: profile.rows,
    threshold: { operator: '>' as const, level: limit.maximumShare, rule: 'monitoring.errors.maximumShare of model.yml' },
  };
  const none = (why: string) => [signalOf(evidence, { ...base, status: 'insufficient-data', why })];
  if (definition.logs.columns.error === undefined)
    return none('logs.columns.error of model.yml names no column, so failures cannot be counted.');
  const least = definition.monitoring.minimumRows;
  if (profile.rows < least) return none(`${rowsText(profile.rows)} in the window; at least ${figure(least)} are needed.`);
  const { value, interval, status } = judgeShare(
    { bad: profile.errors, rows: profile.rows },
    limit.maximumShare,
    alarmChance(definition, 'fresh'),
  );
  const usual = reference.profile.rows > 0 ? reference.profile.errors / reference.profile.rows : null;
  const why = `${figure(profile.errors)} of ${rowsText(profile.rows)} (${percent(value)}) failed; ${percent(limit.maximumShare)} are allowed.`;
  return [signalOf(evidence, { ...base, value, reference: usual, interval, status, why })];
}
