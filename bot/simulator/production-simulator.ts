import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Predictor } from '../../pipelines/ports/training-runtime.ts';
import { readFeatureRows } from './feature-rows.ts';
import { type SimulatedWeek, simulatedWeeks } from './simulated-weeks.ts';
import { loadWeek, writeLabels, writePredictions } from './week-queries.ts';

export interface SimulatorOptions {
  /** Parquet file of flights: date, delay (minutes), distance (miles), origin, destination; rows in time order. */
  readonly source: string;
  /** Folder under which `flight-delay/predictions` and `flight-delay/labels` are written. */
  readonly dataRoot: string;
  /** Share of flights that take part, above 0 and at most 1; chosen by row number, the same at every run. */
  readonly share: number;
}

/** Which model serves in a week: both or neither. */
export interface ServingModel {
  readonly version: string | null;
  readonly predictor: Predictor | null;
}

/**
 * A test bench that plays production: it replays real flights week by week, has them scored by the serving model, and leaves behind only
 * what production would: a file of predictions and a file of labels, each label dated one day after its flight.
 */
export interface ProductionSimulator {
  readonly weeks: readonly SimulatedWeek[];
  /** Writes one week's files, each under a temporary name first, so that no reader meets half a file. Overwrites the week. */
  writeWeek(number: number, serving: ServingModel): Promise<{ readonly rows: number }>;
  close(): void;
}

/** Opens the simulator. Throws a RangeError for a share outside (0, 1]. */
export async function openProductionSimulator(options: SimulatorOptions): Promise<ProductionSimulator> {
  if (!(options.share > 0 && options.share <= 1)) throw new RangeError(`the share of flights must lie in (0, 1], not ${options.share}`);
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:', { threads: '2', memory_limit: '1GB' });
  const connection = await instance.connect();
  const weeks = simulatedWeeks();
  return {
    weeks,
    async writeWeek(number, serving) {
      const week = weeks[number - 1];
      if (week === undefined) throw new RangeError(`there is no week ${number}: weeks count from 1 to ${weeks.length}`);
      if ((serving.version === null) !== (serving.predictor === null)) throw new TypeError('a version needs its predictor');
      await connection.run(loadWeek(options.source, week.window, options.share));
      const rows = await countRows(connection);
      if (serving.predictor !== null) await scoreWeek(connection, serving.predictor, rows);
      await writeFiles(connection, options.dataRoot, number, serving.version);
      return { rows };
    },
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

async function countRows(connection: DuckDBConnection): Promise<number> {
  const reader = await connection.runAndReadAll('SELECT count(*)::DOUBLE FROM week');
  return Number(reader.getRows()[0]?.[0] ?? 0);
}

async function scoreWeek(connection: DuckDBConnection, predictor: Predictor, count: number): Promise<void> {
  const { scores } = await predictor.predict(await readFeatureRows(connection, count));
  if (scores.length !== count) throw new RangeError(`the model scored ${scores.length} of ${count} flights`);
  await connection.run('CREATE OR REPLACE TEMP TABLE scored (score DOUBLE)');
  const appender = await connection.createAppender('scored');
  for (const score of scores) {
    appender.appendDouble(score);
    appender.endRow();
  }
  appender.closeSync();
}

async function writeFiles(connection: DuckDBConnection, dataRoot: string, number: number, version: string | null): Promise<void> {
  const name = `week-${String(number).padStart(2, '0')}.parquet`;
  for (const kind of ['labels', 'predictions'] as const) {
    const folder = join(dataRoot, 'flight-delay', kind);
    await mkdir(folder, { recursive: true });
    const draft = join(folder, `${name}.draft`);
    await connection.run(kind === 'labels' ? writeLabels(draft) : writePredictions(draft, version));
    await rename(draft, join(folder, name));
  }
}
