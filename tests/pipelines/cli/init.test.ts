import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { placeholderLines } from '../../../pipelines/adapters/files/placeholder-lines.ts';
import type { Command } from '../../../pipelines/cli/command.ts';
import { initCommand } from '../../../pipelines/cli/init.ts';
import { specifyCommand } from '../../../pipelines/cli/specify.ts';
import { trainCommand } from '../../../pipelines/cli/train.ts';
import { validateCommand } from '../../../pipelines/cli/validate.ts';
import { addSeconds } from '../../../pipelines/core/schema/instant.ts';
import { driftingLog } from '../../fakes/version-world.ts';

let root = '';

async function call(command: Command, positionals: readonly string[], options: Record<string, string | boolean> = {}) {
  const printed: string[] = [];
  const noted: string[] = [];
  const context = { positionals, options: { root, ...options }, environment: { HOLDFAST_DATA_ROOT: root }, workingDirectory: root };
  const code = await command.run({ ...context, print: (line) => printed.push(line), note: (line) => noted.push(line) });
  return { code, printed, noted };
}

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'holdfast-init-'));
  // Every fourth row is enough to begin with.
  const rows = driftingLog().rowsHeld.filter((_, place) => place % 4 === 0);
  const predictions = rows.map((row) => [row.id, row.at, row.score, row.income, row.purpose ?? ''].join());
  const arrived = rows.map((row) => [row.id, row.label, addSeconds(row.at, row.labelAfter)].join());
  writeFileSync(join(root, 'predictions.csv'), ['id,ts,score,income,purpose', ...predictions].join('\n'));
  writeFileSync(join(root, 'labels.csv'), ['id,bad,at', ...arrived].join('\n'));
});

afterAll(() => rmSync(root, { recursive: true }));

describe('somebody who has nothing but a log', () => {
  test('gets a definition that validate, specify and train accept at once', async () => {
    const started = await call(initCommand, ['loan'], { log: 'predictions.csv', labels: 'labels.csv' });
    const validated = await call(validateCommand, ['loan']);
    const specified = await call(specifyCommand, ['loan'], { out: 'spec.json' });
    const trained = await call(trainCommand, ['loan'], { spec: join(root, 'spec.json'), out: join(root, 'models/loan/versions/v1') });

    expect([started, validated, specified, trained].map(({ code }) => code)).toEqual([0, 0, 0, 0]);
    expect(validated.printed).toEqual([]);
    expect(validated.noted.filter((line) => line.includes('waits for you')).map((line) => line.split(' ')[1])).toEqual([
      'objective',
      'owner',
      'stakeholders',
      'why',
    ]);
    expect(readFileSync(join(root, 'models/loan/model.yml'), 'utf8')).toContain('score: score');
    expect(existsSync(join(root, 'models/loan/versions/v1/reference.json'))).toBe(true);
  });

  test('has nothing overwritten', async () => {
    await expect(call(initCommand, ['loan'], { log: 'predictions.csv' })).rejects.toMatchObject({ code: 'MODEL_EXISTS' });
  });

  test('may look first, as text or as JSON, and nothing is written', async () => {
    const asked = { log: 'predictions.csv', labels: 'labels.csv', window: 'P7D' };

    const text = await call(initCommand, ['other'], { ...asked, 'dry-run': true });
    const json = await call(initCommand, ['other'], { ...asked, json: true });

    expect(text.printed.join('\n')).toContain('window: P7D');
    expect(JSON.parse(json.printed.join('')).definition.monitoring.window).toBe('P7D');
    expect(existsSync(join(root, 'models/other'))).toBe(false);
  });

  test.each([
    ['MODEL_NAME_INVALID', [], { log: 'predictions.csv' }],
    ['OPTION_MISSING', ['other'], {}],
    ['FILE_MISSING', ['other'], { log: 'nowhere.csv' }],
    ['LOG_OUTSIDE_DATA_ROOT', ['other'], { log: 'predictions.csv', 'data-root': 'elsewhere' }],
    ['LABEL_COLUMN_UNKNOWN', ['other'], { log: 'predictions.csv' }],
    ['BAD_ARGUMENTS', ['other'], { log: 'predictions.csv', task: 'guessing' }],
    ['BAD_ARGUMENTS', ['other'], { log: 'predictions.csv', window: '7 days' }],
  ])('is told %s', async (code, positionals, options) => {
    await expect(call(initCommand, positionals, options)).rejects.toMatchObject({ code });
  });
});

test('lines that wait for a person are found where they stand, and comments are none', () => {
  const text =
    "owner: 'TODO: a role'\n# TODO: later\nstakeholders: ['TODO: another']\nname: a # TODO: no\n  - { metric: rocAuc, why: 'TODO: say' }";

  expect(placeholderLines(text).map(({ line, key, text: found }) => [line, key, found])).toEqual([
    [1, 'owner', 'TODO: a role'],
    [3, 'stakeholders', 'TODO: another'],
    [5, 'why', 'TODO: say'],
  ]);
});
