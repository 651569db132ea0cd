import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, test } from 'vitest';
import { flightsFile } from '../../../bot/simulator/flights-file.ts';
import { openProductionSimulator } from '../../../bot/simulator/production-simulator.ts';
import { AS_OF, DAYS, flightDefinition, GRIDS } from '../../bench/flights-log.ts';
import { probabilitiesOf } from '../../fakes/probabilities-of.ts';
import { openLog, temporaryFolder } from './example-log.ts';

const SHARE = 0.5;

/** Half of all flights in weekly Parquet files, scored by distance, and once more as one CSV file with ids in another order. */
async function writeFlights(root: string): Promise<void> {
  const simulator = await openProductionSimulator({ source: flightsFile(), dataRoot: root, share: SHARE });
  const predictor = {
    predict: async (rows: { ids: readonly string[] }) => probabilitiesOf(Float64Array.from(rows.ids, (_, row) => (row % 997) / 997)),
    dispose() {},
  };
  for (const { number } of simulator.weeks) await simulator.writeWeek(number, { version: 'v1', predictor });
  simulator.close();
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const predictions = join(root, 'flight-delay/predictions/*.parquet');
  await connection.run(`COPY (SELECT * REPLACE (md5(id) AS id) FROM '${predictions}') TO '${join(root, 'all.csv')}' (FORMAT csv)`);
  connection.closeSync();
  instance.closeSync();
}

test('profiles a million and a half rows of one CSV file as it profiles weekly Parquet files', async () => {
  const root = temporaryFolder();
  await writeFlights(root);
  const definition = flightDefinition();
  const parquet = await openLog(definition, root);
  const csv = await openLog({ ...definition, logs: { ...definition.logs, format: 'csv', path: 'all.csv' } }, root);

  const expected = await parquet.profile(DAYS, GRIDS, AS_OF);
  const actual = await csv.profile(DAYS, GRIDS, AS_OF);

  expect(actual).toEqual(expected);
  expect(expected.reduce((sum, profile) => sum + profile.rows, 0)).toBeGreaterThan(1_400_000);
});
