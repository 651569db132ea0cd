import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { backtestCommand } from '../../../pipelines/cli/backtest.ts';
import type { Command } from '../../../pipelines/cli/command.ts';
import { deploymentCommand } from '../../../pipelines/cli/deployment.ts';
import { specifyCommand } from '../../../pipelines/cli/specify.ts';
import { trainCommand } from '../../../pipelines/cli/train.ts';
import { watchCommand } from '../../../pipelines/cli/watch.ts';
import { addSeconds } from '../../../pipelines/core/schema/instant.ts';
import { TrainingSpec } from '../../../pipelines/core/schema/training-spec.ts';
import type { BacktestResult } from '../../../pipelines/stages/backtest-result.ts';
import { day, driftingLog, gatedDefinition, START } from '../../fakes/version-world.ts';

let root = '';
const folder = () => join(root, 'models', 'loan');

async function call(command: Command, positionals: readonly string[], options: Record<string, string | boolean> = {}) {
  const printed: string[] = [];
  const environment = { HOLDFAST_DATA_ROOT: root };
  const context = { positionals, options: { root, ...options }, environment, workingDirectory: root };
  const code = await command.run({ ...context, print: (line) => printed.push(line), note: () => undefined });
  return { code, printed };
}

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'holdfast-first-'));
  mkdirSync(folder(), { recursive: true });
  const labels = {
    format: 'csv',
    path: 'labels.csv',
    columns: { id: 'id', label: 'bad', timestamp: 'at' },
    positive: '1',
    negative: '0',
    delay: 'P1D',
  } as const;
  const training = { recentRange: 'P21D', heldOutRange: 'P7D', maximumRows: 3000 };
  writeFileSync(join(folder(), 'model.yml'), JSON.stringify(gatedDefinition({ labels, training })));
  const rows = driftingLog().rowsHeld;
  const predictions = rows.map((row) => [row.id, row.at, row.score, row.income, row.purpose ?? ''].join());
  const arrived = rows.map((row) => [row.id, row.label, addSeconds(row.at, row.labelAfter)].join());
  writeFileSync(join(root, 'predictions.csv'), ['id,ts,score,income,purpose', ...predictions].join('\n'));
  writeFileSync(join(root, 'labels.csv'), ['id,bad,at', ...arrived].join('\n'));
});

afterAll(() => rmSync(root, { recursive: true }));

describe('somebody who has a log and no version yet', () => {
  test('specifies, trains and deploys the first version, and watches it', async () => {
    const specified = await call(specifyCommand, ['loan'], { out: 'spec.json' });
    const trained = await call(trainCommand, ['loan'], { spec: join(root, 'spec.json'), out: join(folder(), 'versions', 'v1') });
    const deployed = await call(deploymentCommand, ['set', 'loan', 'v1']);
    const watched = await call(watchCommand, ['loan'], { 'as-of': day(40) });

    const spec = TrainingSpec.parse(JSON.parse(readFileSync(join(root, 'spec.json'), 'utf8')));
    expect([specified, trained, deployed, watched].map(({ code }) => code)).toEqual([0, 0, 0, 0]);
    expect(spec.challengers[0]?.range).toEqual({ start: START, end: day(21) });
    expect(spec.heldOut).toEqual({ start: day(21), end: day(28) });
    expect(spec.asOf).toBe(day(29));
    expect(existsSync(join(folder(), 'versions', 'v1', 'reference.json'))).toBe(true);
    expect(watched.printed.join('\n')).toContain(`12 new windows up to ${day(40)}`);
  });

  test('is told that a model which serves already needs no first version', async () => {
    await expect(call(specifyCommand, ['loan'])).rejects.toMatchObject({ code: 'MODEL_SERVES_ALREADY' });
  });

  test('splits a log as it is asked to', async () => {
    rmSync(join(folder(), 'deployment.yml'));

    const { printed } = await call(specifyCommand, ['loan'], { 'train-until': '2001-01-11', version: 'v7' });

    const spec = TrainingSpec.parse(JSON.parse(printed.join('')));
    expect(spec.version).toBe('v7');
    expect(spec.heldOut).toEqual({ start: '2001-01-11T00:00:00Z', end: '2001-01-18T00:00:00Z' });
  });

  test('backtests with the name of the model alone', async () => {
    const { code, printed } = await call(backtestCommand, ['loan'], { json: true, 'as-of': day(50), every: 'P14D' });

    const result = JSON.parse(printed.join('')) as BacktestResult;
    expect(code).toBe(0);
    expect(result.windows[0]?.window.start).toBe(day(28));
  });

  test.each([
    ['no model', [], {}, 'MODEL_NAME_INVALID'],
    ['a model that does not exist', ['nobody'], {}, 'MODEL_MISSING'],
    ['a moment before the log begins', ['loan'], { 'as-of': '2000-01-01' }, 'LOG_EMPTY'],
  ])('is told about %s', async (_, positionals, options, code) => {
    await expect(call(backtestCommand, positionals, options)).rejects.toMatchObject({ code });
  });
});
