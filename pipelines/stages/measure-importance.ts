import { selectRows } from '../core/evaluation/select-rows.ts';
import { squaredLosses } from '../core/evaluation/squared-losses.ts';
import { everyRow, fewerRows } from '../core/profile/sample-table.ts';
import type { ModelDefinition } from '../core/schema/model-definition.ts';
import type { RowTable } from '../core/schema/row-table.ts';
import { seededRandom, shuffledIndices } from '../core/statistics/distributions/seeded-random.ts';
import type { Predictor } from '../ports/training-runtime.ts';

/** More rows sharpen the order of features hardly any more. */
const MOST_ROWS = 5000;

/**
 * How much a version depends on each feature: the rise of its mean loss (`squaredLosses`) when the values of the feature are shuffled among labelled rows
 * it was not trained on (https://scikit-learn.org/stable/modules/permutation_importance.html), one shuffle each, at most 5,000 rows. Features that say
 * the same hide each other. Empty without labelled rows. Deterministic.
 */
export async function measureImportance(
  definition: ModelDefinition,
  labelled: RowTable,
  predictor: Predictor,
): Promise<Readonly<Record<string, number>>> {
  const rows = selectRows(labelled, fewerRows(labelled, everyRow(labelled), MOST_ROWS));
  if (rows.ids.length === 0) return {};
  const lossOf = async (table: RowTable) => meanOf(squaredLosses(definition.task, rows.labels, await predictor.predict(table)));
  const whole = await lossOf(rows);
  const random = seededRandom(rows.ids.length);
  const importance: Record<string, number> = {};
  for (const { name, role } of definition.columns) {
    if (role !== 'feature') continue;
    const shuffled = await lossOf(withShuffled(rows, name, shuffledIndices(rows.ids.length, random)));
    importance[name] = Number((shuffled - whole).toPrecision(6));
  }
  return importance;
}

/** The same rows, with the values of one column taken from others. */
function withShuffled(rows: RowTable, name: string, order: Uint32Array): RowTable {
  const texts = (columns: RowTable['texts']) => {
    const values = columns[name];
    return values === undefined ? columns : { ...columns, [name]: Array.from(order, (row) => values[row] ?? null) };
  };
  const numbers = rows.numeric[name];
  const numeric =
    numbers === undefined ? rows.numeric : { ...rows.numeric, [name]: Float64Array.from(order, (row) => numbers[row] ?? Number.NaN) };
  return { ...rows, numeric, categorical: texts(rows.categorical), texts: texts(rows.texts) };
}

function meanOf(losses: Float64Array): number {
  let [rows, sum] = [0, 0];
  for (const loss of losses) {
    if (Number.isNaN(loss)) continue;
    rows += 1;
    sum += loss;
  }
  return rows === 0 ? 0 : sum / rows;
}
