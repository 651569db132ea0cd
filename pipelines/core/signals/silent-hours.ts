import { durationSeconds } from '../schema/duration.ts';
import type { Signal } from '../schema/signal.ts';
import { alarmChance } from './alarm-chance.ts';
import { EVIDENCE_LEVEL } from './evidence-level.ts';
import { figure, percent, probability, rowsText } from './phrase-figures.ts';
import { signalOf, type WindowEvidence } from './signal-of.ts';

const DAY = 86_400;

/**
 * Hours of the day without a single row, weighed by the share of rows that the reference has in them: an upstream that was down from five to nine loses
 * no half of a day's rows, so the volume alone does not tell. Alert when these hours usually hold more than monitoring.volume.toleratedGap of the rows
 * and chance does not explain that none of the window's rows fell into them. Only for windows of whole days whose hours were counted.
 */
export function silentHours(evidence: WindowEvidence): Signal[] {
  const { definition, profile, reference } = evidence;
  const usual = reference.profile.hours;
  if (usual === undefined || durationSeconds(definition.monitoring.window) % DAY !== 0) return [];
  const tolerated = definition.monitoring.volume.toleratedGap;
  const base = {
    kind: 'volume' as const,
    subject: 'hours-of-day',
    method: 'Usual share of the hours without a row, chance of as much by (1 − share)^rows',
    sampleSize: profile.rows,
    threshold: { operator: '>' as const, level: tolerated, rule: 'monitoring.volume.toleratedGap of model.yml' },
  };
  const none = (why: string) => [signalOf(evidence, { ...base, status: 'insufficient-data', why })];
  const { hours } = profile;
  const total = usual.reduce((sum, rows) => sum + rows, 0);
  if (hours === undefined || total === 0) return none('The hours of the window or of the reference were not counted.');
  const least = definition.monitoring.minimumRows;
  if (profile.rows < least) return none(`${rowsText(profile.rows)} in the window; at least ${figure(least)} are needed.`);
  const silent = hours.flatMap((rows, hour) => (rows === 0 && (usual[hour] ?? 0) > 0 ? [hour] : []));
  const value = silent.reduce((sum, hour) => sum + (usual[hour] ?? 0), 0) / total;
  const pValue = (1 - value) ** profile.rows;
  const alert = value > tolerated && pValue <= Math.min(EVIDENCE_LEVEL, alarmChance(definition, 'fresh'));
  return [
    signalOf(evidence, {
      ...base,
      value,
      reference: 0,
      pValue,
      status: alert ? 'alert' : value > tolerated ? 'warning' : 'ok',
      why:
        silent.length === 0
          ? 'Every hour of the day that usually has rows has some.'
          : `No row ${phraseHours(silent)} UTC; these hours usually hold ${percent(value)} of the rows (${probability(pValue)}, tolerated ${percent(tolerated)}).`,
    }),
  ];
}

/** 'from 05:00 to 09:00 and from 22:00 to 23:00' */
function phraseHours(hours: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const hour of hours) {
    const last = runs.at(-1);
    if (last !== undefined && last[1] === hour) last[1] = hour + 1;
    else runs.push([hour, hour + 1]);
  }
  return runs.map(([from, to]) => `from ${clock(from)} to ${clock(to)}`).join(' and ');
}

function clock(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`;
}
