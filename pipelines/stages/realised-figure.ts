import type { RealisedFigure } from '../core/schema/model-state.ts';
import type { Window } from '../core/schema/window.ts';
import type { PerformanceHistory } from './performance-history.ts';

/** What the labels of one window say by themselves, as they are in. */
export function realisedFigure(history: PerformanceHistory, window: Window, corrected: number): RealisedFigure {
  const { metric, value, error } = history.figure(window);
  return { metric, value, error, maturity: history.maturity(window).share, corrected };
}
