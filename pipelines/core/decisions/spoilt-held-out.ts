import { UserError } from '../errors/user-error.ts';
import { heldOutRange } from '../registry/held-out-range.ts';
import { durationSeconds } from '../schema/duration.ts';
import { addSeconds, type Instant } from '../schema/instant.ts';
import type { ModelState } from '../schema/model-state.ts';
import type { Signal, SignalKind } from '../schema/signal.ts';
import type { DecisionInput } from './decision-input.ts';
import { isBrokenData } from './incident-kinds.ts';

/** Breaches that leave wrong values in the rows of their window, and not only too few of them or too late. */
const SPOILS_VALUES: ReadonlySet<SignalKind> = new Set(['schema', 'unit-slip', 'missing-values', 'out-of-range', 'unseen-values']);

/** What spoilt the rows that a retraining would be judged by, and when they will be out of the way. */
export interface SpoiltHeldOut {
  /** The newest breach. */
  readonly signal: Signal;
  /** From then on the held-out rows begin after it. */
  readonly until: Instant;
}

/**
 * The newest breach of the contract among the windows that a retraining would hold out now; null when they are sound. A challenger is judged on those rows, and they
 * become its reference: an upstream that broke for two days would count as usual from then on, its repair as drift, and no drop would stand out against it.
 */
export function spoiltHeldOut(
  input: Pick<DecisionInput, 'definition' | 'report' | 'historyStart' | 'labelledUntil' | 'championVersion'>,
  state: Pick<ModelState, 'windows'>,
): SpoiltHeldOut | null {
  const { definition, report, historyStart, labelledUntil, championVersion } = input;
  const range = rangeOf(() => heldOutRange({ definition, historyStart, labelledUntil, notBefore: championVersion.trainedUntil }));
  if (range === null) return null;
  const held = [...state.windows, ...report.windows].filter(({ window }) => window.start >= range.start && window.end <= range.end);
  const breaches = held
    .flatMap(({ signals }) => signals)
    .filter((signal) => signal.status === 'alert' && SPOILS_VALUES.has(signal.kind) && isBrokenData(signal, definition));
  const signal = breaches.reduce<Signal | null>((last, each) => (last === null || each.window.end > last.window.end ? each : last), null);
  if (signal === null) return null;
  const heldSeconds = durationSeconds(definition.training.heldOutRange) + durationSeconds(definition.labels.delay);
  return { signal, until: addSeconds(signal.window.end, heldSeconds) };
}

function rangeOf<T>(compute: () => T): T | null {
  try {
    return compute();
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}
