import { promisedFigures } from '../profile/promised-change.ts';
import { knownFigure, windowFigure } from '../profile/window-figure.ts';
import { HIGHER_IS_BETTER, type MetricName } from '../schema/metric.ts';
import type { SignalEvidence } from '../schema/signal.ts';
import { type DropEvidence, lastingDrop } from '../statistics/sequential/lasting-drop.ts';
import type { WindowEvidence } from './signal-of.ts';

/** What all windows since the promotion say together of a drop beyond what is tolerated. */
export interface WeighedDrop {
  readonly drop: DropEvidence;
  readonly evidence: SignalEvidence;
  /** Windows that were weighed, and windows of the reference that they were held against. */
  readonly windows: number;
  readonly referenceWindows: number;
}

/**
 * Weighs the agreed metric window by window, since rows of one day hang together (see `lastingDrop`): windows since the promotion against the windows in
 * which it was promised. A reference that was not kept by window counts as one window with what it promised.
 */
export function weighDrop(evidence: WindowEvidence, metric: MetricName, promise: number): WeighedDrop {
  const { definition, reference, trailingCubes, realised } = evidence;
  const { performance, falseAlarmBudget } = definition.monitoring;
  const sign = HIGHER_IS_BETTER[metric] ? 1 : -1;
  const kept = promisedFigures(reference, metric);
  const promised = kept.length > 0 ? kept : [promise];
  const figures = realised?.figures ?? trailingCubes.flatMap((cube) => knownFigure(windowFigure(cube, definition)));
  const drop = lastingDrop({
    reference: promised.map((value) => sign * value),
    windows: figures.map(({ value, error }) => ({ value: sign * value, error })),
    tolerated: performance.toleratedDrop,
  });
  return {
    drop,
    evidence: { eValue: drop.newest, total: drop.total, budget: falseAlarmBudget },
    windows: figures.length,
    referenceWindows: promised.length,
  };
}
