import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, onTestFinished, test } from 'vitest';
import { openVoiceSimulator } from '../../../../bot/simulator/voice-search/open-voice-simulator.ts';
import type { Predictor } from '../../../../pipelines/ports/training-runtime.ts';

async function openSimulator() {
  const dataRoot = mkdtempSync(join(tmpdir(), 'holdfast-test-'));
  const simulator = await openVoiceSimulator({ dataRoot });
  onTestFinished(() => {
    simulator.close();
    rmSync(dataRoot, { recursive: true, force: true });
  });
  return { simulator, folder: join(dataRoot, 'voice-search') };
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

/** Calls every query a weather query, and remembers how many transcripts it could read. */
function weatherman(): { readonly predictor: Predictor; readonly read: () => number } {
  let read = 0;
  const predictor: Predictor = {
    async predict(rows) {
      read += (rows.texts['transcript'] ?? []).filter((text) => text !== null).length;
      const constant = (value: number) => new Float64Array(rows.ids.length).fill(value);
      return { scores: constant(0.75), predicted: constant(7), probabilities: { weather: constant(0.75), timer: constant(0.25) } };
    },
    dispose() {},
  };
  return { predictor, read: () => read };
}

test('writes a week with the answers of the serving model', async () => {
  const { simulator, folder } = await openSimulator();
  const { predictor, read } = weatherman();

  const { rows } = await simulator.writeWeek(2, { version: 'v1', predictor });

  const [facts] =
    await query(`SELECT count(*)::DOUBLE AS n, count(DISTINCT id)::DOUBLE AS ids, min(ts)::VARCHAR AS first, bool_and(intent = 'weather') AS weather,
    bool_and(confidence = .75 AND p_timer = .25 AND p_call IS NULL) AS confident, bool_and(transcript <> '') AS worded, count(DISTINCT consent)::DOUBLE AS consents
    FROM '${folder}/predictions/week-02.parquet'`);
  expect(facts).toMatchObject({ n: rows, ids: rows, weather: true, confident: true, worded: true, consents: 2 });
  expect(String(facts?.['first'])).toMatch(/^2025-01-13 /);
  expect(read()).toBe(rows);
  expect(readdirSync(join(folder, 'predictions'))).toEqual(['week-02.parquet']);
});

test('writes labels with their annotators, after the query and at most four days later', async () => {
  const { simulator, folder } = await openSimulator();

  await simulator.writeWeek(1, { version: null, predictor: null });

  const [facts] =
    await query(`SELECT bool_and(label_ts > ts AND label_ts <= ts + INTERVAL 4 DAY) AS late, bool_and(consent = 'yes') AS agreed,
    count(DISTINCT annotator)::DOUBLE AS annotators FROM '${folder}/labels/week-01.parquet' l JOIN '${folder}/predictions/week-01.parquet' p USING (id)`);
  expect(facts).toEqual({ late: true, agreed: true, annotators: 3 });
});

test('refuses a week that does not exist', async () => {
  const { simulator } = await openSimulator();

  await expect(simulator.writeWeek(27, { version: null, predictor: null })).rejects.toThrow(/1 to 26/);
});
