import { epochSeconds, type Instant } from '../core/schema/instant.ts';
import type { RowTable } from '../core/schema/row-table.ts';
import type { Predictor } from '../ports/training-runtime.ts';

/** Which version serves from when on, and how it scores. */
export interface Served {
  readonly version: string;
  readonly from: Instant;
  readonly predictor: Predictor;
}

/** Scores and versions as production would have written them, row by row. */
export interface ReplayedScores {
  readonly scores: Float64Array;
  readonly versions: readonly string[];
}

/** The versions that served one after another in a replay. The first serves all rows before it too. */
export interface ServingLine {
  promote(served: Served): void;
  score(rows: RowTable): Promise<ReplayedScores>;
  at(instant: Instant): string;
  dispose(): void;
}

/** Opens a line that begins with one version. */
export function openServingLine(first: Served): ServingLine {
  const line: Served[] = [first];
  const serving = (timestamp: number) => line.findLast(({ from }) => epochSeconds(from) <= timestamp) ?? first;
  return {
    promote(served) {
      line.push(served);
    },
    async score(rows) {
      const scores = new Float64Array(rows.ids.length);
      const versions: string[] = new Array<string>(rows.ids.length).fill(first.version);
      const chosen = Array.from(rows.timestamps, serving);
      for (const served of new Set(chosen)) {
        // Every version scores all rows and keeps its own: a table holds two versions only in the week of a promotion.
        const { scores: all } = await served.predictor.predict(rows);
        for (const [row, by] of chosen.entries()) {
          if (by !== served) continue;
          scores[row] = all[row] ?? Number.NaN;
          versions[row] = served.version;
        }
      }
      return { scores, versions };
    },
    at: (instant) => serving(epochSeconds(instant)).version,
    dispose() {
      for (const { predictor } of line) predictor.dispose();
    },
  };
}
