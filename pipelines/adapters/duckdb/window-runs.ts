import { epochSeconds } from '../../core/schema/instant.ts';
import type { Window } from '../../core/schema/window.ts';
import type { TimeRange } from './batch.ts';
import { microseconds } from './quote.ts';

const DAY = 86_400;

/** Windows of equal length that follow one another: one query tells them apart by a division. */
export interface WindowRun extends TimeRange {
  readonly length: number;
  /** Place of the run's first window in the list that was asked for. */
  readonly offset: number;
  readonly count: number;
}

/** Cuts a list of windows into as few runs as its order allows. Windows may overlap, leave gaps, or come in any order. */
export function windowRuns(windows: readonly Window[]): readonly WindowRun[] {
  const runs: WindowRun[] = [];
  for (const [offset, window] of windows.entries()) {
    const start = epochSeconds(window.start);
    const end = epochSeconds(window.end);
    const last = runs.at(-1);
    if (last !== undefined && last.end === start && last.length === end - start) {
      runs[runs.length - 1] = { ...last, end, count: last.count + 1 };
    } else {
      runs.push({ start, end, length: end - start, offset, count: 1 });
    }
  }
  return runs;
}

/** Cuts a run into parts of whole windows: at least `windows` in each, and at most `parts` parts. */
export function partsOfRun(run: WindowRun, { windows, parts }: { readonly windows: number; readonly parts: number }): readonly WindowRun[] {
  const size = Math.max(windows, Math.ceil(run.count / parts));
  return Array.from({ length: Math.ceil(run.count / size) }, (_, index) => {
    const count = Math.min(size, run.count - index * size);
    const start = run.start + index * size * run.length;
    return { start, end: start + count * run.length, length: run.length, offset: run.offset + index * size, count };
  });
}

/** How rows are grouped by window in SQL: a cheap key over `ts`, and the place of the window in the list that was asked for, from the key. */
export interface WindowKey {
  readonly key: string;
  readonly place: (key: string) => string;
}

/** The key of a run's windows. Whole UTC days have the cheapest one. */
export function windowKey(run: WindowRun): WindowKey {
  if (run.count === 1) return { key: '0', place: () => `${run.offset}::INTEGER` };
  if (run.length === DAY && run.start % DAY === 0) {
    return { key: 'ts::DATE', place: (key) => `(${key} - DATE '1970-01-01' - ${run.start / DAY} + ${run.offset})::INTEGER` };
  }
  const key = `(epoch_us(ts) - ${microseconds(run.start)}) // ${microseconds(run.length)}`;
  return { key, place: (name) => `(${name} + ${run.offset})::INTEGER` };
}
