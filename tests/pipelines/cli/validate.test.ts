import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deploymentCommand } from '../../../pipelines/cli/deployment.ts';
import { validateCommand } from '../../../pipelines/cli/validate.ts';
import { definitionWith, ordinaryReference } from '../../fakes/watched-world.ts';

let root = '';
const printed: string[] = [];

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'holdfast-validate-'));
  printed.length = 0;
  await mkdir(join(root, 'models/flight-delay/versions/v1'), { recursive: true });
  await writeFile(
    join(root, 'models/flight-delay/model.yml'),
    await readFile(new URL('../../../models/flight-delay/model.yml', import.meta.url), 'utf8'),
  );
});

afterEach(() => rm(root, { recursive: true }));

function context(positionals: readonly string[] = [], options: Readonly<Record<string, string | boolean>> = {}) {
  return {
    positionals,
    options,
    environment: {},
    workingDirectory: root,
    print: (line: string) => printed.push(line),
    note: () => undefined,
  };
}

describe('holdfast validate', () => {
  it('is silent and exits 0 when all is well', async () => {
    expect(await validateCommand.run(context())).toBe(0);
    expect(printed).toEqual([]);
  });

  it('prints file:line:column of a wrong deployment and exits 1', async () => {
    await writeFile(join(root, 'models/flight-delay/deployment.yml'), 'schemaVersion: 1\nmodel: flight-delay\nproduction: 2\n');

    expect(await validateCommand.run(context())).toBe(1);
    expect(printed).toEqual(['models/flight-delay/deployment.yml:3:13 production: expected string, found 2; write a string']);
  });

  it('names a version that serves and has no folder, and a model whose name is not the name of its folder', async () => {
    await writeFile(join(root, 'models/flight-delay/versions/v1/version.json'), '{}');
    const deployment = 'schemaVersion: 1\nmodel: flight-delya\nproduction: v77\nfallback: v1\n';
    await writeFile(join(root, 'models/flight-delay/deployment.yml'), deployment);

    expect(await validateCommand.run(context())).toBe(1);
    expect(printed).toEqual([
      'models/flight-delay/deployment.yml:2:8 model: "flight-delya" is not the name of its folder; write flight-delay, or rename the folder',
      'models/flight-delay/deployment.yml:3:13 production: there is no version v77; name a folder under versions/, or add versions/v77',
    ]);
  });

  it('asks for a score column once a version serves', async () => {
    const definition = join(root, 'models/flight-delay/model.yml');
    await writeFile(definition, (await readFile(definition, 'utf8')).replace(', score: score', ''));
    const before = await validateCommand.run(context());
    await writeFile(join(root, 'models/flight-delay/versions/v1/version.json'), '{}');
    await writeFile(
      join(root, 'models/flight-delay/deployment.yml'),
      'schemaVersion: 1\nmodel: flight-delay\nproduction: v1\nfallback: null\n',
    );

    expect([before, await validateCommand.run(context())]).toEqual([0, 1]);
    expect(printed).toEqual([
      'models/flight-delay/deployment.yml:3:13 production: model.yml names no score column, so what serves cannot be watched; name it at logs.columns.score',
    ]);
  });

  it('notes columns that the reference in production recognised, which is no problem', async () => {
    const folder = join(root, 'models/flight-delay/versions/v1');
    await writeFile(join(folder, 'version.json'), '{}');
    await writeFile(
      join(root, 'models/flight-delay/deployment.yml'),
      'schemaVersion: 1\nmodel: flight-delay\nproduction: v1\nfallback: null\n',
    );
    const recognised = { hourOfDay: { as: 'calendar' as const, why: 'The hour of the day of the time stamp determines it.' } };
    await writeFile(join(folder, 'reference.json'), JSON.stringify({ ...ordinaryReference(definitionWith()), recognised }));
    const notes: string[] = [];

    expect(await validateCommand.run({ ...context(), note: (line: string) => notes.push(line) })).toBe(0);
    expect(notes[0]).toBe(
      'flight-delay: hourOfDay is left out of drift alarms, recognised as calendar: The hour of the day of the time stamp determines it. Say so in model.yml.',
    );
  });

  it('says what to do about a model that is not there', async () => {
    await expect(validateCommand.run(context(['flight-dealy']))).rejects.toMatchObject({
      code: 'MODEL_MISSING',
      hint: expect.stringContaining('name of the model'),
    });
  });

  it('takes an absolute --root and absolute files', async () => {
    const elsewhere = { ...context([], { root }), workingDirectory: tmpdir() };
    const file = { ...context([join(root, 'models/flight-delay/model.yml')]), workingDirectory: tmpdir() };

    expect(await validateCommand.run(elsewhere)).toBe(0);
    expect(await validateCommand.run(file)).toBe(0);
  });

  it('does not call nothing sound', async () => {
    await expect(validateCommand.run(context([], { root: 'elsewhere' }))).rejects.toMatchObject({ code: 'NO_MODELS' });
  });

  it('prints JSON for programs', async () => {
    await writeFile(join(root, 'models/flight-delay/model.yml'), 'schemaVersion: 2\n');

    expect(await validateCommand.run(context([], { json: true }))).toBe(1);
    expect(JSON.parse(printed.join('\n')).problems.length).toBeGreaterThan(3);
  });
});

describe('holdfast deployment set', () => {
  it('refuses a version that has no folder', async () => {
    await expect(deploymentCommand.run(context(['set', 'flight-delay', 'v2']))).rejects.toMatchObject({ code: 'VERSION_MISSING' });
  });

  it('writes the deployment of a version that is there', async () => {
    await writeFile(join(root, 'models/flight-delay/versions/v1/version.json'), '{}');

    expect(await deploymentCommand.run(context(['set', 'flight-delay', 'v1']))).toBe(0);
    expect(await readFile(join(root, 'models/flight-delay/deployment.yml'), 'utf8')).toBe(
      'schemaVersion: 1\nmodel: flight-delay\nproduction: v1\nfallback: null\n',
    );
  });
});
