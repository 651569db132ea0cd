import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, expect, test } from 'vitest';
import { itemsOf } from '../../../pipelines/adapters/duckdb/items-of.ts';

const instance = await DuckDBInstance.create(':memory:');
const connection = await instance.connect();

afterAll(() => {
  connection.closeSync();
  instance.closeSync();
});

async function vectorOf(value: string) {
  const result = await connection.run(`SELECT ${value} AS x FROM range(10) t(i) ORDER BY i`);
  const chunk = result.getChunk(0);
  const vector = chunk.getColumnVector(0);
  return { vector, asked: Array.from({ length: chunk.rowCount }, (_, row) => vector.getItem(row)) };
}

test.each(['i::DOUBLE / 4', 'i::INTEGER - 5'])('gives all of %s at once, as they are one by one', async (value) => {
  const { vector, asked } = await vectorOf(value);

  const items = itemsOf(vector);

  expect(Array.from(items ?? [])).toEqual(asked);
  expect(asked).toHaveLength(10);
});

test.each([
  'CASE WHEN i = 4 THEN NULL ELSE i::DOUBLE END',
  'CASE WHEN i = 4 THEN NULL ELSE i::INTEGER END',
  'i',
  'i::SMALLINT',
  'i::VARCHAR',
  'i > 3',
])('leaves %s to be asked for one by one', async (value) => {
  const { vector, asked } = await vectorOf(value);

  const items = itemsOf(vector);

  expect(items).toBeNull();
  expect(asked).toHaveLength(10);
});

test('leaves a vector of another make', () => {
  expect(itemsOf({ items: Float64Array.of(1) })).toBeNull();
  expect(itemsOf({ items: [1], validity: { data: null } })).toBeNull();
});
