import type { Signal } from '../schema/signal.ts';
import { alarmChance } from './alarm-chance.ts';
import { judgeShare } from './judge-share.ts';
import { figure, percent, rowsText } from './phrase-figures.ts';
import { phraseQuarantine, quarantinedRows } from './phrase-quarantine.ts';
import { signalOf, type WindowEvidence } from './signal-of.ts';

/** Share of log rows that were quarantined, against logs.maximumQuarantineShare. Judged from monitoring.minimumRows rows on, good and bad together. */
export function dataQuality(evidence: WindowEvidence): Signal {
  const { definition, profile } = evidence;
  const bad = quarantinedRows(profile.quarantined);
  const rows = profile.rows + bad;
  const allowed = definition.logs.maximumQuarantineShare;
  const base = {
    kind: 'data-quality' as const,
    subject: 'prediction-log',
    method: 'Share of quarantined rows, Wilson interval',
    sampleSize: rows,
    threshold: { operator: '>' as const, level: allowed, rule: 'logs.maximumQuarantineShare of model.yml' },
  };
  if (rows < definition.monitoring.minimumRows) {
    const why = `${rowsText(rows)} in the window, good and bad; at least ${figure(definition.monitoring.minimumRows)} are needed.`;
    return signalOf(evidence, { ...base, status: 'insufficient-data', why });
  }
  const { value, interval, status } = judgeShare({ bad, rows }, allowed, alarmChance(definition, 'fresh'));
  const detail = phraseQuarantine(profile.quarantined);
  return signalOf(evidence, {
    ...base,
    value,
    interval,
    status,
    why: `${rowsText(bad)} of ${figure(rows)} (${percent(value)}) ${bad === 1 ? 'was' : 'were'} quarantined${detail === '' ? '' : `: ${detail}`}; ${percent(allowed)} are accepted.`,
  });
}
