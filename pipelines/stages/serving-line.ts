import { epochSeconds, type Instant } from '../core/schema/instant.ts';
import type { Predictions } from '../core/schema/predictions.ts';
import type { RowTable } from '../core/schema/row-table.ts';
import type { Predictor } from '../ports/training-runtime.ts';

/** Which version serves from when on, and how it scores. */
export interface Served {
  readonly version: string;
  readonly from: Instant;
  readonly predictor: Predictor;
}

/** Predictions and versions as production would have written them, row by row. */
export interface ReplayedAnswers extends Predictions {
  readonly versions: readonly string[];
}

/** The versions that served one after another in a replay. The first serves all rows before it too. */
export interface ServingLine {
  promote(served: Served): void;
  answer(rows: RowTable): Promise<ReplayedAnswers>;
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
    async answer(rows) {
      const chosen = Array.from(rows.timestamps, serving);
      const versions = chosen.map(({ version }) => version);
      const answered = new Map<Served, Predictions>();
      // Every version answers all rows and keeps its own: a table holds two versions only in the week of a promotion.
      for (const served of new Set(chosen)) answered.set(served, await served.predictor.predict(rows));
      return { ...joined(chosen, answered), versions };
    },
    at: (instant) => serving(epochSeconds(instant)).version,
    dispose() {
      for (const { predictor } of line) predictor.dispose();
    },
  };
}

/** Of each row what the version answered that served it. A class that a version does not know has probability 0 where it served. */
function joined(chosen: readonly Served[], answered: ReadonlyMap<Served, Predictions>): Predictions {
  const [only, ...others] = answered.values();
  if (only !== undefined && others.length === 0) return only;
  const column = (of: (predictions: Predictions) => Float64Array | undefined) =>
    Float64Array.from(chosen, (served, row) => {
      const predictions = answered.get(served);
      return predictions === undefined ? Number.NaN : (of(predictions)?.[row] ?? 0);
    });
  const classes = [...new Set([...answered.values()].flatMap(({ probabilities }) => Object.keys(probabilities)))];
  return {
    scores: column(({ scores }) => scores),
    predicted: column(({ predicted }) => predicted),
    probabilities: Object.fromEntries(classes.map((name) => [name, column(({ probabilities }) => probabilities[name])])),
  };
}
