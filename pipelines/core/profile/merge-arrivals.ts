import type { LabelArrivals, LagCell } from '../schema/label-arrivals.ts';
import type { Window } from '../schema/window.ts';

/** The arrivals of a window without labels. */
export function noArrivals(window: Window): LabelArrivals {
  return { schemaVersion: 1, window, labels: 0, corrected: 0, cells: [] };
}

/** Arrivals of both; the windows join to the smallest that holds them. */
export function mergeArrivals(a: LabelArrivals, b: LabelArrivals): LabelArrivals {
  const cells = new Map<number, LagCell>();
  for (const [cell, labels, positives] of [...a.cells, ...b.cells]) {
    const [, known, yes] = cells.get(cell) ?? [cell, 0, 0];
    cells.set(cell, [cell, known + labels, yes + positives]);
  }
  return {
    schemaVersion: 1,
    window: {
      start: a.window.start < b.window.start ? a.window.start : b.window.start,
      end: a.window.end > b.window.end ? a.window.end : b.window.end,
    },
    labels: a.labels + b.labels,
    corrected: a.corrected + b.corrected,
    cells: [...cells.values()].sort((left, right) => left[0] - right[0]),
  };
}
