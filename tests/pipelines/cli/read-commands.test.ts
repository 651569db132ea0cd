import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { backtestCommand } from '../../../pipelines/cli/backtest.ts';
import type { Command } from '../../../pipelines/cli/command.ts';
import { explainCommand } from '../../../pipelines/cli/explain.ts';
import { phraseWatch } from '../../../pipelines/cli/phrase-watch.ts';
import { statusCommand } from '../../../pipelines/cli/status.ts';
import { versionsCommand } from '../../../pipelines/cli/versions.ts';
import { watchCommand } from '../../../pipelines/cli/watch.ts';
import { changeIncidents } from '../../../pipelines/core/decisions/incident-life-cycle.ts';
import { canonicalJson } from '../../../pipelines/core/digest/canonical-json.ts';
import type { ModelState } from '../../../pipelines/core/schema/model-state.ts';
import { loanDefinition, reportOf, versionOf, watchedState } from '../../fakes/policy-world.ts';

const MODEL = 'flight-delay';
let root: string;

function stateOf(): ModelState {
  const report = reportOf({ asOf: '2001-02-08T00:00:00Z', signals: { 'data-drift/income': 'AAAA' } });
  const incidents = changeIncidents({ definition: loanDefinition(), incidents: [], past: [], report }).map(({ incident }) => incident);
  return { ...watchedState(), model: MODEL, watermark: report.watermark, incidents };
}

async function call(command: Command, positionals: readonly string[], options: Record<string, string | boolean> = {}) {
  const printed: string[] = [];
  const noted: string[] = [];
  const context = { positionals, options: { root, ...options }, environment: {}, workingDirectory: root };
  const code = await command.run({ ...context, print: (line) => printed.push(line), note: (line) => noted.push(line) });
  return { code, printed, noted };
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'holdfast-'));
  const model = join(root, 'models', MODEL);
  await mkdir(join(model, 'versions', 'v1'), { recursive: true });
  await mkdir(join(model, 'versions', 'v2'), { recursive: true });
  await cp('models/flight-delay/model.yml', join(model, 'model.yml'));
  await mkdir(join(root, '.holdfast/state/state/v1/models'), { recursive: true });
  await writeFile(join(root, '.holdfast/state/state/v1/models', `${MODEL}.json`), canonicalJson(stateOf()));
  for (const version of ['v1', 'v2']) {
    await writeFile(join(model, 'versions', version, 'version.json'), canonicalJson({ ...versionOf(version), model: MODEL }));
  }
});

afterAll(() => rm(root, { recursive: true, force: true }));

describe('commands that read', () => {
  test('explain finds the id in whichever model holds it', async () => {
    const { code, printed } = await call(explainCommand, [stateOf().incidents[0]?.id ?? '']);

    expect(code).toBe(0);
    expect(printed[0]).toMatch(/^incident [0-9a-f]{16}: data-drift of income, open, 4 bad windows/);
    expect(printed.some((line) => line.startsWith('  signal data-drift/income/'))).toBe(true);
  });

  test('explain says where it looked when there is no such id', async () => {
    await expect(call(explainCommand, ['ffffffff'])).rejects.toMatchObject({ code: 'ID_UNKNOWN', message: expect.stringContaining(MODEL) });
    await expect(call(explainCommand, [])).rejects.toMatchObject({ code: 'BAD_ARGUMENTS' });
  });

  test('a state that cannot be read names its file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'holdfast-'));
    await mkdir(join(folder, 'state/v1/models'), { recursive: true });
    await writeFile(join(folder, 'state/v1/models', `${MODEL}.json`), '{"schemaVersion": 1');

    await expect(call(statusCommand, [], { 'state-dir': folder })).rejects.toMatchObject({
      code: 'STATE_INVALID',
      message: expect.stringContaining(`${MODEL}.json`),
    });
    await rm(folder, { recursive: true });
  });

  test('status tells champion, watermark and open incidents; an empty state directory is no error', async () => {
    const { printed } = await call(statusCommand, []);
    const nothing = await call(statusCommand, [], { 'state-dir': join(root, 'none') });

    expect(printed[0]).toBe(`${MODEL}: champion v1, watched until 2001-02-08T00:00:00Z`);
    expect(printed[1]).toMatch(/^ {2}[0-9a-f]{16} {2}open: data-drift of income \(low\)$/);
    expect(nothing.printed).toEqual(['no model was watched yet']);
  });

  test('versions names the role of each by deployment.yml', async () => {
    const before = await call(versionsCommand, []);
    await writeFile(join(root, 'models', MODEL, 'deployment.yml'), `schemaVersion: 1\nmodel: ${MODEL}\nproduction: v2\nfallback: v1\n`);

    const { printed } = await call(versionsCommand, [MODEL]);
    const json = await call(versionsCommand, [MODEL], { json: true });
    await rm(join(root, 'models', MODEL, 'deployment.yml'));

    expect(before.printed[1]).toMatch(/^ {2}v1 {4}archived/);
    expect(printed.slice(1).map((line) => line.trim().split(/ +/).slice(0, 2))).toEqual([
      ['v1', 'fallback'],
      ['v2', 'production'],
    ]);
    expect(JSON.parse(json.printed.join(''))[MODEL]).toHaveLength(2);
  });

  test('watch leaves out a model that is not deployed, and says so', async () => {
    const { code, printed, noted } = await call(watchCommand, [], { 'as-of': '2001-03-01' });

    expect({ code, printed }).toEqual({ code: 0, printed: [] });
    expect(noted).toEqual([`${MODEL}: not deployed, nothing to watch`]);
  });

  test.each([
    ['watch', watchCommand],
    ['status', statusCommand],
  ] as const)('%s of a model that does not exist names those that do', async (_name, command) => {
    await expect(call(command, ['nosuch'])).rejects.toMatchObject({
      code: 'MODEL_UNKNOWN',
      message: `there is no model nosuch; models/ holds ${MODEL}`,
    });
  });

  test('watch tells rows that were set aside, however few', () => {
    const report = reportOf({ asOf: '2001-02-08T00:00:00Z', signals: { 'data-drift/income': 'AAAA' } });
    const [first, ...rest] = report.windows;
    if (first === undefined) throw new Error('the report has windows');
    const windows = [{ ...first, rows: 5000, quarantined: { 'bad-label': 1, 'unreadable-line': 2 } as const }, ...rest];

    const lines = phraseWatch({ report: { ...report, windows } });

    expect(lines.at(-1)).toBe(
      `  ${first.window.start.slice(0, 10)}  3 lines set aside beside 5,000 rows: unreadable-line 2 (not UTF-8, cut short, or with more or fewer fields than the header), bad-label 1 (the text is no label of model.yml)`,
    );
    expect(phraseWatch({ report }).join()).not.toContain('set aside');
  });

  test('a moment that does not exist is refused before anything is read', async () => {
    await expect(call(watchCommand, [], { 'as-of': '2001-13-45' })).rejects.toMatchObject({ code: 'BAD_INSTANT' });
    await expect(call(watchCommand, [], { 'as-of': 'yesterday' })).rejects.toMatchObject({ code: 'BAD_INSTANT' });
  });

  test.each([
    {
      options: { 'train-until': '2001-02-01', 'reference-until': '2001-02-15', every: '7 days' },
      message: '--every 7 days is no duration',
    },
  ])('backtest explains what is missing: $message', async ({ options, message }) => {
    await expect(call(backtestCommand, [MODEL], options)).rejects.toMatchObject({
      code: 'BAD_ARGUMENTS',
      message: expect.stringContaining(message),
    });
  });
});
