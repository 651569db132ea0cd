import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, onTestFinished, test } from 'vitest';
import { flightsFile } from '../../../bot/simulator/flights-file.ts';
import { openProductionSimulator } from '../../../bot/simulator/production-simulator.ts';
import type { RowTable } from '../../../pipelines/core/schema/row-table.ts';
import type { Predictor } from '../../../pipelines/ports/training-runtime.ts';
import { probabilitiesOf } from '../../fakes/probabilities-of.ts';

const SHARE = 0.02;
const NOBODY = { version: null, predictor: null };

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function openSimulator(dataRoot: string, share = SHARE) {
  const simulator = await openProductionSimulator({ source: flightsFile(), dataRoot, share });
  onTestFinished(() => simulator.close());
  return simulator;
}

async function query(sql: string): Promise<readonly Record<string, unknown>[]> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const reader = await connection.runAndReadAll(sql);
  const rows = reader.getRowObjectsJson();
  connection.closeSync();
  instance.closeSync();
  return rows;
}

/** Scores by distance, and remembers the rows that it was shown. */
function distancePredictor(): { readonly predictor: Predictor; readonly seen: RowTable[] } {
  const seen: RowTable[] = [];
  const predictor = {
    async predict(rows: RowTable) {
      seen.push(rows);
      return probabilitiesOf((rows.numeric['distance'] ?? new Float64Array(0)).map((miles) => miles / 10_000));
    },
    dispose() {},
  };
  return { predictor, seen };
}

test('covers 26 weeks from Monday to Sunday', async () => {
  const simulator = await openSimulator(temporaryFolder());

  expect(simulator.weeks.length).toBe(26);
  expect(simulator.weeks[0]).toEqual({ number: 1, window: { start: '2001-01-01T00:00:00Z', end: '2001-01-08T00:00:00Z' } });
  expect(simulator.weeks[25]?.window.end).toBe('2001-07-02T00:00:00Z');
});

test('writes a week without model: features from the flight, no score, labels one day later in a file of their own', async () => {
  const root = temporaryFolder();
  const simulator = await openSimulator(root);

  const { rows } = await simulator.writeWeek(2, NOBODY);

  const predictions = join(root, 'flight-delay/predictions/week-02.parquet');
  const joined = await query(`
    SELECT count(*)::INTEGER AS n, count(p.score)::INTEGER AS scores, count(p.model_version)::INTEGER AS versions,
      bool_and(p.hour = hour(f.date) AND p.weekday = isodow(f.date) - 1 AND p.origin = f.origin AND p.destination = f.destination
        AND p.distance = f.distance AND p.ts = f.date) AS features,
      bool_and((l.late = 1) = (f.delay > 15) AND l.label_ts = f.date + INTERVAL 1 DAY) AS labels, min(p.ts)::DATE::VARCHAR AS first, max(p.ts)::DATE::VARCHAR AS last
    FROM '${predictions}' p JOIN '${join(root, 'flight-delay/labels/week-02.parquet')}' l USING (id)
    JOIN read_parquet('${flightsFile()}', file_row_number = true) f ON p.id = 'f' || lpad((f.file_row_number + 1)::VARCHAR, 7, '0')`);
  const columns = await query(`SELECT name FROM parquet_schema('${predictions}') WHERE duckdb_type IS NOT NULL`);
  expect(joined).toEqual([{ n: rows, scores: 0, versions: 0, features: true, labels: true, first: '2001-01-08', last: '2001-01-14' }]);
  expect(rows).toBeGreaterThan(0.9 * SHARE * 115_245);
  expect(rows).toBeLessThan(1.1 * SHARE * 115_245);
  expect(columns.map((column) => column['name'])).toEqual([
    'id',
    'ts',
    'hour',
    'weekday',
    'origin',
    'destination',
    'distance',
    'score',
    'model_version',
  ]);
});

test('lets the serving model score each flight, without showing it a label', async () => {
  const root = temporaryFolder();
  const simulator = await openSimulator(root);
  const { predictor, seen } = distancePredictor();

  const { rows } = await simulator.writeWeek(5, { version: 'v1', predictor });

  const [check] = await query(`SELECT count(*)::INTEGER AS n, bool_and(score = distance / 10000 AND model_version = 'v1') AS scored
    FROM '${join(root, 'flight-delay/predictions/week-05.parquet')}'`);
  expect(check).toEqual({ n: rows, scored: true });
  expect(seen[0]?.ids.length).toBe(rows);
  expect(Object.keys(seen[0]?.numeric ?? {})).toEqual(['hour', 'weekday', 'distance']);
  expect(seen[0]?.labels.every((label) => Number.isNaN(label))).toBe(true);
  expect(seen[0]?.scores.every((score) => Number.isNaN(score))).toBe(true);
});

test('writes the same rows at every run, and a larger share holds the smaller', async () => {
  const [small, again, large] = [temporaryFolder(), temporaryFolder(), temporaryFolder()];
  await (await openSimulator(small)).writeWeek(1, NOBODY);
  await (await openSimulator(again)).writeWeek(1, NOBODY);
  await (await openSimulator(large, 0.05)).writeWeek(1, NOBODY);

  const ids = (root: string) => query(`SELECT id FROM '${join(root, 'flight-delay/predictions/week-01.parquet')}' ORDER BY id`);
  const [first, second, more] = [await ids(small), await ids(again), await ids(large)];
  const held = new Set(more.map((row) => row['id']));
  expect(second).toEqual(first);
  expect(first.every((row) => held.has(row['id']))).toBe(true);
  expect(held.size).toBeGreaterThan(first.length);
});

test('leaves no draft behind and no label file for weeks that did not happen yet', async () => {
  const root = temporaryFolder();
  const simulator = await openSimulator(root);

  await simulator.writeWeek(1, NOBODY);
  await simulator.writeWeek(1, NOBODY);

  expect(readdirSync(join(root, 'flight-delay/predictions'))).toEqual(['week-01.parquet']);
  expect(readdirSync(join(root, 'flight-delay/labels'))).toEqual(['week-01.parquet']);
  expect(existsSync(join(root, 'flight-delay/labels/week-02.parquet'))).toBe(false);
});

test('refuses shares, weeks and models that make no sense', async () => {
  const simulator = await openSimulator(temporaryFolder());

  await expect(openProductionSimulator({ source: flightsFile(), dataRoot: '/nowhere', share: 0 })).rejects.toThrow('the share of flights');
  await expect(simulator.writeWeek(27, NOBODY)).rejects.toThrow('there is no week 27');
  await expect(simulator.writeWeek(5, { version: 'v1', predictor: null })).rejects.toThrow('a version needs its predictor');
});
