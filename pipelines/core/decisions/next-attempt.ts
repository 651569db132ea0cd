import { type Duration, durationSeconds } from '../schema/duration.ts';
import { addSeconds, type Instant } from '../schema/instant.ts';
import type { ModelState } from '../schema/model-state.ts';

const DAY_SECONDS = 86_400;

/**
 * When the policy may propose again after retrainings whose runs could not be finished: a day after the first, twice as long after each
 * further one in a row, but no longer than the cooldown where that is more than a day. Such a retraining judged nobody, so it costs neither cooldown nor budget;
 * the growing wait keeps a broken runner, or data that no training survives, from being tried for ever. null: the newest proposal was
 * not abandoned.
 */
export function nextAttemptAt(proposals: ModelState['proposals'], cooldown: Duration): Instant | null {
  const last = proposals.at(-1);
  if (last?.outcome !== 'abandoned') return null;
  const inRow = proposals.length - 1 - proposals.findLastIndex(({ outcome }) => outcome !== 'abandoned');
  return addSeconds(last.at, Math.min(DAY_SECONDS * 2 ** (inRow - 1), Math.max(DAY_SECONDS, durationSeconds(cooldown))));
}
