import type { Signal } from '../schema/signal.ts';
import type { Window } from '../schema/window.ts';
import { shareWithin } from './share-within.ts';

const MOST_OF = 0.5;

/** Whether a realised figure rests on the labels of at least half of a range of time: late labels measure older rows than those of the newest window. */
export function measuresRowsOf({ status, window }: Pick<Signal, 'status' | 'window'>, range: Window): boolean {
  return status !== 'insufficient-data' && shareWithin(range, window) >= MOST_OF;
}
