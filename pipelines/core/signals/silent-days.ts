import { durationSeconds } from '../schema/duration.ts';
import { addSeconds, epochSeconds, instantFromEpoch } from '../schema/instant.ts';
import { phraseQuantity } from '../schema/phrase-number.ts';
import { placeInWeek } from '../schema/place-in-week.ts';
import type { Signal } from '../schema/signal.ts';
import type { Window } from '../schema/window.ts';
import { type CountedDay, dayRhythm, silentDaysChance } from '../statistics/hypotheses/silent-days.ts';
import { alarmChance } from './alarm-chance.ts';
import { EVIDENCE_LEVEL } from './evidence-level.ts';
import { figure, percent, probability } from './phrase-figures.ts';
import { signalOf, type WindowEvidence } from './signal-of.ts';

const DAY = 86_400;
const NAMED_RUNS = 4;

/**
 * Whole UTC days without a row inside a window of several: an upstream that was off for three days of seven may leave the volume within what is tolerated. Days of the week that
 * never had rows in the reference are not expected. Alert when chance does not explain so many empty days (see `silentDaysChance`) and
 * they usually hold more than monitoring.volume.toleratedGap of the rows; a warning when they hold less. An empty list where windows are a day or shorter.
 */
export function silentDays(evidence: WindowEvidence): Signal[] {
  const { definition, profile, reference } = evidence;
  if (durationSeconds(definition.monitoring.window) <= DAY) return [];
  const { days } = profile;
  const tolerated = definition.monitoring.volume.toleratedGap;
  const base = {
    kind: 'volume' as const,
    subject: 'days',
    method: 'Days without a row against the days of the reference, negative binomial and Markov chain',
    sampleSize: profile.rows,
    threshold: { operator: '>' as const, level: tolerated, rule: 'monitoring.volume.toleratedGap of model.yml' },
  };
  const none = (why: string) => [signalOf(evidence, { ...base, status: 'insufficient-data', why })];
  const before = daysOf(reference.range, reference.profile.days ?? {});
  if (days === undefined || reference.profile.days === undefined || before.length === 0)
    return none('The days of the window or of the reference were not counted.');
  if (profile.rows === 0) return none('The window holds no row, on no day.');
  const rhythm = dayRhythm(before);
  const usual = ({ place }: CountedDay) => rhythm.means[place] ?? 0;
  const due = daysOf(profile.window, days).filter((day) => usual(day) > 0);
  const silent = due.filter(({ rows }) => rows === 0);
  const value = sum(silent.map(usual)) / Math.max(sum(due.map(usual)), Number.MIN_VALUE);
  const pValue = silentDaysChance(rhythm, { places: due.map(({ place }) => place), rows: profile.rows, silent: silent.length });
  const isEvident = silent.length > 0 && pValue <= Math.min(EVIDENCE_LEVEL, alarmChance(definition, 'fresh'));
  return [
    signalOf(evidence, {
      ...base,
      value,
      reference: rhythm.empty / Math.max(1, rhythm.due),
      pValue,
      status: !isEvident ? 'ok' : value > tolerated ? 'alert' : 'warning',
      why:
        silent.length === 0
          ? 'Every day that usually has rows has some.'
          : `No row on ${figure(silent.length)} of ${phraseQuantity(due.length, 'day')} that usually have some: ${phraseDays(silent)}. They usually hold ${percent(value)} of the rows (${probability(pValue)}, tolerated ${percent(tolerated)}; in the reference ${figure(rhythm.empty)} of ${figure(rhythm.due)} such days had none).`,
    }),
  ];
}

interface DatedDay extends CountedDay {
  readonly date: string;
}

/** The UTC days that lie wholly in a range, with their rows, oldest first. */
function daysOf({ start, end }: Window, rows: Readonly<Record<string, number>>): DatedDay[] {
  const [first, last] = [Math.ceil(epochSeconds(start) / DAY), Math.floor(epochSeconds(end) / DAY)];
  return Array.from({ length: Math.max(0, last - first) }, (_, index) => {
    const midnight = instantFromEpoch((first + index) * DAY);
    const date = midnight.slice(0, 10);
    return { date, place: placeInWeek({ start: midnight }) / DAY, rows: rows[date] ?? 0 };
  });
}

/** '2001-03-05 to 2001-03-07, 2001-03-10' */
function phraseDays(days: readonly DatedDay[]): string {
  const runs: [string, string][] = [];
  for (const { date } of days) {
    const last = runs.at(-1);
    if (last !== undefined && addSeconds(`${last[1]}T00:00:00Z`, DAY).startsWith(date)) last[1] = date;
    else runs.push([date, date]);
  }
  const named = runs.slice(0, NAMED_RUNS).map(([from, to]) => (from === to ? from : `${from} to ${to}`));
  const more = runs.length - named.length;
  return `${named.join(', ')}${more > 0 ? ` and ${figure(more)} more ${more === 1 ? 'gap' : 'gaps'}` : ''}`;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
