import { durationSeconds } from '../schema/duration.ts';
import { placeInWeek } from '../schema/place-in-week.ts';
import type { Signal, SignalStatus } from '../schema/signal.ts';
import { type ExpectedCount, expectedCount } from '../statistics/hypotheses/expected-count.ts';
import { alarmChance } from './alarm-chance.ts';
import { figure, percent, rowsText } from './phrase-figures.ts';
import { signalOf, type WindowEvidence } from './signal-of.ts';

/**
 * Rows of the window against the windows of the reference at the same place in the week: alert when they differ by more than
 * monitoring.volume.toleratedChange and lie outside the interval of the next such window (95 %, or as sure as the false-alarm budget asks, see `alarmChance`), whose width follows from how much the windows
 * of the reference vary around the mean of their weekday. A reference of one week tells nothing of that, so the tolerated change decides alone. A
 * reference without that weekday is compared as a whole and at most warns, unless the window is empty.
 */
export function volume(evidence: WindowEvidence): Signal {
  const { definition, profile, reference } = evidence;
  const rows = profile.rows;
  const base = {
    kind: 'volume' as const,
    subject: 'prediction-log',
    method: 'Rows against the same weekday of the reference',
    sampleSize: rows,
  };
  const none = (why: string) => signalOf(evidence, { ...base, value: rows, status: 'insufficient-data', why });
  if (reference.windowSeconds !== durationSeconds(definition.monitoring.window))
    return none('The reference was counted in windows of another length.');
  const place = placeInWeek(profile.window);
  const places = new Map<number, number[]>();
  for (const [start, count] of reference.rowsByWindow) {
    const at = placeInWeek({ start });
    places.set(at, [...(places.get(at) ?? []), count]);
  }
  const peers = places.get(place) ?? [];
  const groups = [...places.entries()].sort(([one], [other]) => one - other);
  const level = 1 - 2 * alarmChance(definition, 'fresh');
  const next =
    peers.length > 0
      ? expectedCount(
          groups.map(([, counts]) => counts),
          groups.findIndex(([at]) => at === place),
          level,
        )
      : expectedCount([reference.rowsByWindow.map(([, count]) => count)], 0, level);
  if (next === null) return none('The reference has no such windows with rows to compare with.');
  const expected = next.mean;
  const compared = reference.rowsByWindow.length;
  const tolerated = definition.monitoring.volume.toleratedChange;
  const fewer = rows < expected;
  const changed = Math.abs(rows / expected - 1) > tolerated;
  const whole = peers.length === 0;
  // However much the windows vary: an empty one is only usual where the reference had empty ones.
  const canBe = rows > 0 || peers.includes(0);
  const usual = !whole && canBe && next.interval !== null && rows >= next.interval.lower && rows <= next.interval.upper;
  const status: SignalStatus = !changed || usual ? 'ok' : whole && rows > 0 ? 'warning' : 'alert';
  const basis = whole
    ? `the mean of ${compared === 1 ? 'the only window' : `all ${figure(compared)} windows`} of the reference (it has none of this weekday)`
    : `the mean of ${figure(peers.length)} such ${peers.length === 1 ? 'window' : 'windows'} of the reference`;
  return signalOf(evidence, {
    ...base,
    value: rows,
    reference: expected,
    interval: intervalOf(rows, next),
    threshold: {
      operator: fewer ? '<' : '>',
      level: expected * (fewer ? 1 - tolerated : 1 + tolerated),
      rule: 'mean of the same weekday of the reference, changed by monitoring.volume.toleratedChange',
    },
    status,
    why: `${rowsText(rows)}, ${percent(Math.abs(rows / expected - 1))} ${fewer ? 'below' : 'above'} ${basis}, ${figure(Math.round(expected))}; ${percent(tolerated)} are tolerated${spreadText(next.interval, changed && usual)}.`,
  });
}

/** As wide as that of the next such window, around the rows that were counted. */
function intervalOf(rows: number, { mean, interval }: ExpectedCount): Signal['interval'] {
  if (interval === null) return null;
  const half = interval.upper - mean;
  return { lower: Math.max(0, rows - half), upper: rows + half, level: interval.level };
}

function spreadText(interval: Signal['interval'], excused: boolean): string {
  if (interval === null) return '';
  const range = `${figure(Math.round(interval.lower))} to ${figure(Math.round(interval.upper))}`;
  const level = `${figure(interval.level * 100)} %`;
  return excused ? `, and such windows vary as much (${level}: ${range})` : `; such windows vary from ${range} (${level})`;
}
