import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { EvaluationReport } from '../../../pipelines/core/schema/evaluation-report.ts';
import { GateVerdict } from '../../../pipelines/core/schema/gate-verdict.ts';
import { failuresOf, GateFolders } from '../../fakes/gate-folders.ts';
import { bytesOf, day, START } from '../../fakes/version-world.ts';

const folders = new GateFolders();
const honest = join(folders.root, 'honest');
beforeAll(async () => {
  await folders.open();
  await folders.train(folders.head, folders.nextSpec());
  cpSync(folders.path('head', 'v2', ''), honest, { recursive: true });
}, 60_000);
beforeEach(() => {
  folders.branchOff();
  folders.copyVersion(honest, 'v2');
  folders.deploy(folders.head, 'v2');
});
afterAll(() => folders.close());

/** A file of v2 as text, changed, and bound again. */
function forge(file: string, change: (text: string) => string): void {
  const path = folders.path('head', 'v2', file);
  const text = readFileSync(path, 'utf8');
  const forged = change(text);
  expect(forged).not.toBe(text);
  writeFileSync(path, forged);
  folders.rebind('v2');
}

describe('a retrained version', () => {
  test('passes, and the gate writes the report that it measured itself', async () => {
    const judged = await folders.judge({ report: 'report.json' });

    const report = EvaluationReport.parse(JSON.parse(readFileSync(join(folders.root, 'report.json'), 'utf8')));
    expect(failuresOf(judged)).toEqual([]);
    expect(judged.code).toBe(0);
    expect(report.challengers.map(({ name }) => name)).toEqual(['all-history', 'recent-window']);
    expect(GateVerdict.parse(folders.verdict()).judgedAt).toBe(day(57));
  }, 30_000);

  test.each<[string, string, string]>([
    ['is older than the rows it holds out', day(64), 'the spec is recent'],
    ['is from the future', day(55), 'the spec is not from the future'],
  ])(
    'fails when its spec %s',
    async (_, asOf, check) => {
      const judged = await folders.judge({ 'as-of': asOf });

      expect(judged.code).toBe(1);
      expect(failuresOf(judged).join()).toContain(check);
    },
    30_000,
  );

  test('is judged by the clock on the wall when nobody says another: a spec of 2001 is stale', async () => {
    const { head, base } = folders;
    const { gateCommand } = await import('../../../pipelines/cli/gate.ts');

    const judged = await folders.run(gateCommand, [], { head, base, out: 'wall.json' });

    expect(judged.code).toBe(1);
    expect(failuresOf(judged).join()).toContain('the spec is recent');
  }, 30_000);
});

describe('a forged version fails', () => {
  test('trained on the very rows that judge it, by a spec of its own', async () => {
    const heldOut = { start: day(53), end: day(55) };
    const challengers = [{ name: 'all-history' as const, range: { start: START, end: day(53) } }];
    await folders.train(folders.head, folders.nextSpec({ heldOut, challengers }));

    const judged = await folders.judge();

    expect(judged.code).toBe(1);
    expect(failuresOf(judged).join()).toMatch(/the spec is what the base leads to: .* differs in challengers, heldOut/);
  }, 30_000);

  test('with weights that learnt the held-out rows, under the honest spec', async () => {
    const range = { start: START, end: day(55) };
    const cheat = { heldOut: { start: day(55), end: day(56) }, challengers: [{ name: 'all-history' as const, range }] };
    await folders.train(folders.head, folders.nextSpec(cheat));
    const [model, weights] = ['model.json', 'weights.bin'].map((name) => readFileSync(folders.path('head', 'v2', name)));
    folders.copyVersion(honest, 'v2');
    writeFileSync(folders.path('head', 'v2', 'model.json'), model ?? '');
    writeFileSync(folders.path('head', 'v2', 'weights.bin'), weights ?? '');
    folders.rebind('v2');

    const judged = await folders.judge();

    expect(judged.code).toBe(1);
    expect(failuresOf(judged).join()).toContain('the model is the one that training by the spec gives');
  }, 30_000);

  test.each<[string, string, (text: string) => string, string]>([
    [
      'a finer figure in its report',
      'evaluation-report.json',
      (text) => text.replaceAll(/"value": 0\.\d+/g, '"value": 0.95'),
      'evaluation-report.json',
    ],
    [
      'a greater gain in its report',
      'evaluation-report.json',
      (text) => text.replace(/"improvement": 0\.\d+/, '"improvement": 0.33'),
      'evaluation-report.json',
    ],
    ['a smaller promise', 'reference.json', (text) => text.replace(/"value": 0\.\d+/, '"value": 0.52'), 'reference.json'],
    ['another model card', 'model-card.md', (text) => text.replace('## Caveats', '## No caveats'), 'model-card.md'],
  ])(
    'with %s',
    async (_, file, change, named) => {
      forge(file, change);

      const judged = await folders.judge();

      expect(judged.code).toBe(1);
      expect(failuresOf(judged).join()).toContain(named);
    },
    30_000,
  );

  test('with a later birthday in version.json', async () => {
    const manifest = folders.json('v2', 'version.json');
    writeFileSync(folders.path('head', 'v2', 'version.json'), bytesOf({ ...manifest, createdAt: day(57) }));

    const judged = await folders.judge();

    expect(judged.code).toBe(1);
    expect(failuresOf(judged).join()).toContain('version.json');
  }, 30_000);
});

describe('trained elsewhere', () => {
  test('by another engine, it needs a person: the gate cannot train it again', async () => {
    forge('evaluation-report.json', (text) => text.replace(/"backend": "holdfast-linear [^"]*"/, '"backend": "elsewhere 9.9.9"'));
    forge('model-card.md', (text) => text.replace(/Engine: .*/, 'Engine: elsewhere 9.9.9'));

    const judged = await folders.judge();

    expect(judged.code).toBe(1);
    expect(GateVerdict.parse(folders.verdict())).toMatchObject({ verdict: 'needs-human' });
    expect(failuresOf(judged).join()).toContain('elsewhere 9.9.9');
  }, 30_000);

  test('by another engine with a finer figure, it fails', async () => {
    forge('evaluation-report.json', (text) =>
      text.replace(/"backend": "holdfast-linear [^"]*"/, '"backend": "elsewhere 9.9.9"').replaceAll(/"value": 0\.\d+/g, '"value": 0.95'),
    );

    await folders.judge();

    expect(GateVerdict.parse(folders.verdict())).toMatchObject({ verdict: 'fail' });
  }, 30_000);
});
