import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { ProductionSimulator, ServingModel } from '../production-simulator.ts';
import { simulatedWeeks } from '../simulated-weeks.ts';
import { queryRows } from './query-rows.ts';
import { drawWeek } from './simulated-week.ts';
import { LABEL_COLUMNS, PREDICTION_COLUMNS, predictionRecord } from './week-records.ts';
import { FIRST_DAY, WEEKS } from './world.ts';

/**
 * A test bench that invents production: queries of a simulated voice search (see `world.ts`), scored by the serving model, written as files of
 * predictions and labels under `voice-search` of the data root. The same week is the same for ever, but for what the model answers.
 */
export async function openVoiceSimulator(options: { readonly dataRoot: string }): Promise<ProductionSimulator> {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:', { threads: '2', memory_limit: '1GB' });
  const connection = await instance.connect();
  const weeks = simulatedWeeks({ firstDay: FIRST_DAY, weeks: WEEKS });
  return {
    weeks,
    async writeWeek(number, serving) {
      if (weeks[number - 1] === undefined) throw new RangeError(`there is no week ${number}: weeks count from 1 to ${weeks.length}`);
      const { queries, labels } = drawWeek(number);
      const scored = await answers(queries, serving);
      const name = `week-${String(number).padStart(2, '0')}.parquet`;
      const predictions = queries.map((query, row) => predictionRecord(query, row, scored));
      await writeParquet(
        connection,
        { folder: join(options.dataRoot, 'voice-search', 'predictions'), name },
        predictions,
        PREDICTION_COLUMNS,
      );
      const labelled = labels.map(({ id, intent, at, annotator }) => ({ id, intent, label_ts: at, annotator }));
      await writeParquet(connection, { folder: join(options.dataRoot, 'voice-search', 'labels'), name }, labelled, LABEL_COLUMNS);
      return { rows: queries.length };
    },
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

async function answers(queries: Parameters<typeof queryRows>[0], { version, predictor }: ServingModel) {
  if ((version === null) !== (predictor === null)) throw new TypeError('a version needs its predictor');
  if (version === null || predictor === null) return null;
  return { version, predictions: await predictor.predict(queryRows(queries)) };
}

interface Target {
  readonly folder: string;
  readonly name: string;
}

/** Writes records under a temporary name first, so that no reader meets half a file. */
async function writeParquet(
  connection: DuckDBConnection,
  { folder, name }: Target,
  records: readonly Readonly<Record<string, unknown>>[],
  columns: Readonly<Record<string, string>>,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const [lines, draft] = [join(folder, `${name}.lines`), join(folder, `${name}.draft`)];
  await writeFile(lines, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
  const types = Object.entries(columns).map(([column, type]) => `${column}: '${type}'`);
  const source = `read_json(${quoted(lines)}, format = 'newline_delimited', columns = {${types.join(', ')}})`;
  await connection.run(`COPY (SELECT * FROM ${source}) TO ${quoted(draft)} (FORMAT parquet, COMPRESSION zstd)`);
  await rename(draft, join(folder, name));
  await rm(lines);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
