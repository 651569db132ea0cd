import { durationSeconds } from '../schema/duration.ts';
import { epochSeconds } from '../schema/instant.ts';
import type { Signal, SignalStatus } from '../schema/signal.ts';
import { studentTQuantile } from '../statistics/student-t-quantile.ts';
import { weightedMoments } from '../statistics/weighted-moments.ts';
import { SECONDS_PER_WEEK } from './calendar-cycle.ts';
import { figure, percent, rowsText } from './phrase-figures.ts';
import { signalOf, type WindowEvidence } from './signal-of.ts';

/** From this many windows of the same weekday on their own spread is used as well. */
const PEERS_FOR_SPREAD = 3;

/**
 * Rows of the window against the windows of the reference at the same place in the week: alert when they differ by more than
 * monitoring.volume.toleratedChange and, where the reference has three such windows or more, lie outside their 95 % prediction interval. A
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
  const start = epochSeconds(profile.window.start);
  const peers = reference.rowsByWindow.filter(([peer]) => (epochSeconds(peer) - start) % SECONDS_PER_WEEK === 0);
  const compared = peers.length > 0 ? peers : reference.rowsByWindow;
  const moments = weightedMoments(compared.map(([, count]) => ({ value: count, weight: 1 })));
  if (moments === null || moments.mean === 0) return none('The reference has no windows to compare with.');
  const expected = moments.mean;
  const tolerated = definition.monitoring.volume.toleratedChange;
  const fewer = rows < expected;
  const changed = Math.abs(rows / expected - 1) > tolerated;
  const usual = peers.length >= PEERS_FOR_SPREAD && Math.abs(rows - expected) <= predictionHalfWidth(peers.length, moments.variance);
  const whole = peers.length === 0;
  const status: SignalStatus = !changed || usual ? 'ok' : whole && rows > 0 ? 'warning' : 'alert';
  const basis = whole
    ? `the mean of all ${figure(compared.length)} windows of the reference (it has none of this weekday)`
    : `the mean of ${figure(peers.length)} such ${peers.length === 1 ? 'window' : 'windows'} of the reference`;
  return signalOf(evidence, {
    ...base,
    value: rows,
    reference: expected,
    threshold: {
      operator: fewer ? '<' : '>',
      level: expected * (fewer ? 1 - tolerated : 1 + tolerated),
      rule: 'mean of the same weekday of the reference, changed by monitoring.volume.toleratedChange',
    },
    status,
    why: `${rowsText(rows)}, ${percent(Math.abs(rows / expected - 1))} ${fewer ? 'below' : 'above'} ${basis}, ${figure(Math.round(expected))}; ${percent(tolerated)} are tolerated${changed && usual ? ', and such windows vary as much' : ''}.`,
  });
}

/** Half-width of the interval that holds the next of n + 1 alike windows with 95 %: t · s · sqrt(1 + 1/n). */
function predictionHalfWidth(windows: number, variance: number): number {
  return studentTQuantile(0.025, windows - 1) * Math.sqrt(variance * (1 + 1 / windows));
}
