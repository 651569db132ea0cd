import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { backtestCommand } from '../../../pipelines/cli/backtest.ts';
import { runCommand } from '../../../pipelines/cli/run-command.ts';
import { addSeconds } from '../../../pipelines/core/schema/instant.ts';
import type { BacktestResult } from '../../../pipelines/stages/backtest-result.ts';
import { phraseTuning } from '../../../pipelines/stages/phrase-tuning.ts';
import type { TuningResult } from '../../../pipelines/stages/tune-backtest.ts';
import { day, driftingLog, gatedDefinition } from '../../fakes/version-world.ts';

let root = '';

async function holdfast(...args: string[]) {
  const [printed, noted]: [string[], string[]] = [[], []];
  const entry = { name: 'backtest', summary: '', load: async () => backtestCommand };
  const code = await runCommand([entry], {
    arguments: ['backtest', ...args],
    environment: { HOLDFAST_DATA_ROOT: root },
    workingDirectory: root,
    version: async () => '0',
    print: (line) => printed.push(line),
    note: (line) => noted.push(line),
  });
  return { code, printed, noted };
}

const SPLIT = ['loan', '--train-until', day(14), '--reference-until', day(21), '--as-of', day(42), '--always-every', 'P14D'];

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'holdfast-policies-'));
  mkdirSync(join(root, 'models', 'loan'), { recursive: true });
  // The log holds no scores: a backtest needs none.
  const definition = gatedDefinition({
    logs: { format: 'csv', path: 'predictions.csv', columns: { id: 'id', timestamp: 'ts' } },
    labels: {
      format: 'csv',
      path: 'labels.csv',
      columns: { id: 'id', label: 'bad', timestamp: 'at' },
      positive: '1',
      negative: '0',
      delay: 'P1D',
    },
    monitoring: { window: 'P7D', minimumRows: 100, minimumLabels: 100, performanceWindows: 1, incident: { openAfter: 1, closeAfter: 1 } },
    training: { hyperparameters: { epochs: 1 }, recentRange: 'P7D', heldOutRange: 'P7D', maximumRows: 1000 },
    retraining: { minimumNewLabels: 100, cooldown: 'P14D' },
  });
  writeFileSync(join(root, 'models', 'loan', 'model.yml'), JSON.stringify(definition));
  const rows = driftingLog().rowsHeld;
  writeFileSync(
    join(root, 'predictions.csv'),
    ['id,ts,income,purpose', ...rows.map((row) => [row.id, row.at, row.income, row.purpose ?? ''].join())].join('\n'),
  );
  writeFileSync(
    join(root, 'labels.csv'),
    ['id,bad,at', ...rows.map((row) => [row.id, row.label, addSeconds(row.at, row.labelAfter)].join())].join('\n'),
  );
  writeFileSync(join(root, 'patient.yml'), 'retraining:\n  budget: { proposals: 0 }\n');
  writeFileSync(join(root, 'foreign.yml'), 'columns: []\n');
});

afterAll(() => rmSync(root, { recursive: true }));

describe('holdfast backtest, several policies', () => {
  test('plays each beside the definition, in the order asked for', async () => {
    const { code, printed } = await holdfast(...SPLIT, '--policy', 'patient.yml', '--set', 'retraining.cooldown=P7D', '--json');

    const { summaries, windows } = JSON.parse(printed.join('\n')) as BacktestResult;
    expect(code).toBe(0);
    expect(summaries.map(({ strategy }) => strategy)).toEqual(['policy', 'patient.yml', 'retraining.cooldown=P7D', 'never', 'always']);
    expect(summaries.find(({ strategy }) => strategy === 'patient.yml')?.trainings).toBe(0);
    expect(Object.keys(windows[0]?.outcomes ?? {})).toHaveLength(5);
    expect(windows.flatMap(({ events }) => events).every((event) => /^(policy|patient\.yml|retraining\.cooldown=P7D): /.test(event))).toBe(
      true,
    );
  });

  test("plays the rivals that --against names, in that order, and tells whose share of the best timer's gain is whose", async () => {
    const { code, printed } = await holdfast(...SPLIT, '--against', 'never,always-all, always-recent,drift-rule');

    const table = printed.slice(printed.findIndex((line) => line.includes('mean AUC  of best timer gain')));
    const timer = table.find((line) => line.startsWith('always-') && line.includes(' 100 %'));
    expect(code).toBe(0);
    expect(table.slice(1, 6).map((line) => line.split(' ', 1)[0])).toEqual([
      'policy',
      'never',
      'always-all',
      'always-recent',
      'drift-rule',
    ]);
    expect(table[2]).toMatch(/ 0 % {2}/);
    expect(timer).toBeDefined();
  });

  test.each([
    ['a rival that is unknown', ['--against', 'never,sometimes'], 'BAD_ARGUMENTS'],
    ['a rival that comes twice', ['--against', 'never,never'], 'BAD_ARGUMENTS'],
    ['a file that is not there', ['--policy', 'absent.yml'], 'POLICY_MISSING'],
    ['a file that changes the model', ['--policy', 'foreign.yml'], 'POLICY_INVALID'],
    ['a key that no policy has', ['--set', 'retraining.cooldwn=P7D'], 'POLICY_INVALID'],
    ['a change that is none', ['--set', 'retraining.cooldown'], 'BAD_ARGUMENTS'],
    ['the same twice', ['--set', 'retraining.cooldown=P7D', '--set', 'retraining.cooldown=P7D'], 'BAD_ARGUMENTS'],
    ['a past period that is empty', ['--tune', '--tune-until', day(21)], 'TUNING_RANGE_EMPTY'],
  ])('says what is wrong with %s, and ends with 2', async (_, args, code) => {
    const result = await holdfast(...SPLIT, ...args);

    expect(result.code).toBe(2);
    expect(result.noted.join('\n')).toContain(`error ${code}`);
  });

  test('the options stand in the help', async () => {
    const { printed, code } = await holdfast('--help');

    expect(code).toBe(0);
    expect(printed.join('\n')).toMatch(/--policy <file\.yml>[\s\S]*--set <path=value,...>[\s\S]*--tune [\s\S]*--tune-until <instant>/);
  });
});

describe('holdfast backtest --tune', () => {
  test('chooses on the past, reports on rows after it, and warns of the choice', async () => {
    const { code, printed, noted } = await holdfast(...SPLIT, '--tune', '--tune-until', day(35), '--json');

    const result = JSON.parse(printed.join('\n')) as TuningResult;
    const text = phraseTuning(result).join('\n');
    expect(code).toBe(0);
    expect(result.past.end <= day(35)).toBe(true);
    expect(result.later.range.start).toBe(day(35));
    expect(result.later.trainedUntil).toBe(day(28));
    expect(result.trials).toHaveLength(9);
    expect(result.later.summaries.map(({ strategy }) => strategy)).toEqual(
      result.proposed.length === 0 ? ['untuned', 'never', 'always'] : ['untuned', 'tuned', 'never', 'always'],
    );
    expect(result.later.windows[0]?.outcomes['untuned']?.version).toBe('v1');
    expect(noted.filter((line) => line.startsWith('replayed until')).length).toBeGreaterThan(1);
    expect(text).toContain('one threshold at a time, 9 values tried');
    expect(text).toMatch(/Proposed(: nothing| for model\.yml)/);
    expect(text).toContain('Warning: the best of 10 settings looks better on the period that chose it than it is.');
  });
});
