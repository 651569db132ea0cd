import type { ModelDefinition } from '../../core/schema/model-definition.ts';
import type { Engine } from './engine.ts';
import { labelValue, refuseLabels, WRONG_VALUES } from './label-values.ts';
import type { LogCatalog } from './log-catalog.ts';
import { relationOf } from './log-file.ts';

/** Labels that are looked at before all of them are. */
const HEAD = 1000;

/**
 * Opens the check of labels that the prediction log carries: throws a UserError (LABEL_VALUES_UNKNOWN) where there are several and none has a value that the
 * definition knows. Looks once: a log that held one known label is not held wrong later.
 */
export function openInlineLabels(engine: Engine, predictions: LogCatalog, definition: ModelDefinition): () => Promise<void> {
  let known = false;
  return async () => {
    if (known) return;
    const files = (await predictions.files()).filter(({ rows }) => rows > 0);
    if (files.length === 0) return;
    const labels = `(SELECT label FROM ${relationOf(files)} WHERE label <> '')`;
    const count = async (from: string) => {
      const table = await engine.query(
        `SELECT count(*)::DOUBLE AS n, count(${labelValue('label', definition)})::DOUBLE AS known FROM ${from}`,
      );
      return { n: table.numbers('n')[0] ?? 0, known: table.numbers('known')[0] ?? 0 };
    };
    const head = await count(`(FROM ${labels} LIMIT ${HEAD})`);
    const all = head.known > 0 || head.n < HEAD ? head : await count(labels);
    known = all.known > 0;
    if (!known && all.n >= WRONG_VALUES) await refuseLabels(engine, labels, definition);
  };
}
