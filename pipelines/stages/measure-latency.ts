import { selectRows } from '../core/evaluation/select-rows.ts';
import type { RowTable } from '../core/schema/row-table.ts';
import type { Predictor } from '../ports/training-runtime.ts';

/** Milliseconds since some fixed moment: `performance.now` in production, a counter in tests. */
export type Stopwatch = () => number;

const REPETITIONS = 101;

/** Median time to score one row, in milliseconds, rounded up to hundredths; null when there is no row. */
export async function measureLatency(predictor: Predictor, rows: RowTable, stopwatch: Stopwatch): Promise<number | null> {
  if (rows.ids.length === 0) return null;
  const one = selectRows(rows, [0]);
  const times: number[] = [];
  for (let repetition = 0; repetition < REPETITIONS; repetition += 1) {
    const start = stopwatch();
    await predictor.predict(one);
    times.push(stopwatch() - start);
  }
  const median = times.sort((a, b) => a - b)[Math.floor(REPETITIONS / 2)] ?? 0;
  return Math.ceil(median * 100) / 100;
}
