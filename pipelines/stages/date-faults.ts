import { instantFromEpoch } from '../core/schema/instant.ts';
import type { Signal } from '../core/schema/signal.ts';
import type { Window } from '../core/schema/window.ts';
import { phraseOnset } from '../core/signals/phrase-onset.ts';
import { onsetOfRise } from '../core/statistics/sequential/onset-of-rise.ts';
import type { WatchInput } from './watch-input.ts';

/**
 * Says in a window's alerts and warnings of errors and latency at about what time of the window they began: the rows are read in order of time only then,
 * at most `monitoring.sampleRows` of them. All other signals stay as they are.
 */
export async function dateFaults(
  { definition, log, asOf }: Pick<WatchInput, 'definition' | 'log' | 'asOf'>,
  window: Window,
  signals: readonly Signal[],
): Promise<readonly Signal[]> {
  if (log.faults === undefined || !signals.some(isFault)) return signals;
  const { sampleRows, latency } = definition.monitoring;
  const stream = await log.faults({ window, asOf, limit: sampleRows, slowMs: latency?.maximumMs ?? null });
  return signals.map((signal) => {
    if (!isFault(signal)) return signal;
    const onset = onsetOfRise(signal.kind === 'errors' ? stream.failed : stream.slow);
    const at = onset === null ? undefined : stream.timestamps[onset.from];
    const why = phraseOnset(signal.kind, onset === null || at === undefined ? null : { ...onset, at: instantFromEpoch(Math.floor(at)) });
    return { ...signal, why: `${signal.why} ${why}` };
  });
}

function isFault({ kind, status }: Signal): boolean {
  return (kind === 'errors' || kind === 'latency') && (status === 'alert' || status === 'warning');
}
