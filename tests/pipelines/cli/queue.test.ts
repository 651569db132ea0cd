import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { queueCommand } from '../../../pipelines/cli/queue.ts';

const DEFINITION = `schemaVersion: 1
name: loan
task: binary
objective: Decide.
owner: risk
stakeholders: [risk]
successMetrics: [{ metric: rocAuc, target: 0.6, why: x }]
columns:
  - { name: income, kind: numeric }
logs: { format: jsonl, path: loan/predictions.jsonl, columns: { id: id, timestamp: ts, score: score } }
labels: { format: jsonl, path: loan/labels.jsonl, columns: { id: id, label: y, timestamp: at }, positive: '1', negative: '0', delay: P1D }
gate: { rules: [] }
`;
let root: string;
let data: string;

async function call(options: Record<string, string> = {}) {
  const printed: string[] = [];
  const context = { positionals: ['loan'], options: { root, 'data-root': data, ...options }, environment: {}, workingDirectory: root };
  const code = await queueCommand.run({ ...context, print: (line) => printed.push(line), note: () => undefined });
  return { code, printed };
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'holdfast-queue-'));
  data = join(root, '..', `${root.split('/').at(-1)}-data`);
  await mkdir(join(root, 'models/loan'), { recursive: true });
  await mkdir(join(data, 'loan'), { recursive: true });
  await writeFile(join(root, 'models/loan/model.yml'), DEFINITION);
  const rows = Array.from({ length: 300 }, (_, row) => ({
    id: `secret-${row}`,
    ts: `2026-01-0${1 + (row % 5)}T12:00:00Z`,
    score: (row % 100) / 100,
    income: row,
  }));
  const labels = rows.slice(0, 200).map(({ id }, row) => ({ id, y: String(row % 2), at: '2026-01-06T12:00:00Z' }));
  const lines = (values: readonly object[]) => values.map((value) => `${JSON.stringify(value)}\n`).join('');
  await writeFile(join(data, 'loan/predictions.jsonl'), lines(rows));
  await writeFile(join(data, 'loan/labels.jsonl'), lines(labels));
});

afterAll(async () => {
  await rm(root, { recursive: true, force: true });
  await rm(data, { recursive: true, force: true });
});

describe('holdfast queue', () => {
  test('writes ids without a label to the folder that git ignores, and prints none of them', async () => {
    const { code, printed } = await call({ rows: '20', 'random-share': '0.5', 'as-of': '2026-01-08' });

    const [header, ...rows] = (await readFile(join(root, '.holdfast/queue/loan.csv'), 'utf8')).trim().split('\n');
    expect(code).toBe(0);
    expect(header).toBe('id,purpose,why,uncertainty');
    expect(rows).toHaveLength(20);
    expect(rows.filter((row) => row.includes(',estimate,random,'))).toHaveLength(10);
    expect(rows.every((row) => Number(/^secret-(\d+),/.exec(row)?.[1]) >= 200)).toBe(true);
    expect(printed.join('\n')).not.toContain('secret-');
    expect(printed.join('\n')).toContain('each row without a label that was read with chance 0.1000');
  });

  test('writes JSON lines where the file says so', async () => {
    await call({ rows: '3', out: '.holdfast/next.jsonl', 'as-of': '2026-01-08' });

    const rows = (await readFile(join(root, '.holdfast/next.jsonl'), 'utf8')).trim().split('\n');
    expect(rows.map((row) => Object.keys(JSON.parse(row) as object))).toEqual(Array(3).fill(['id', 'purpose', 'why', 'uncertainty']));
  });

  test.each([
    [{ out: 'models/loan/queue.csv' }, 'QUEUE_IN_REPOSITORY'],
    [{ out: '.holdfast/../ids.csv' }, 'QUEUE_IN_REPOSITORY'],
    [{ out: '.holdfast/queue.txt' }, 'QUEUE_FORMAT_UNKNOWN'],
    [{ rows: 'many' }, 'OPTION_NOT_A_NUMBER'],
    [{ rows: '1.5' }, 'OPTION_NOT_A_NUMBER'],
    [{ 'random-share': '1.1' }, 'OPTION_NOT_A_NUMBER'],
  ])('refuses %j', async (options: Record<string, string>, code) => {
    await expect(call(options)).rejects.toMatchObject({ code });
  });
});
