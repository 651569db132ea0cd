import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { editorSchema } from '../../../pipelines/adapters/files/editor-schema.ts';
import { checkDefinition, problemLine } from '../../../pipelines/adapters/files/read-definition.ts';
import { deploymentText } from '../../../pipelines/adapters/files/write-deployment.ts';

const EXAMPLE = new URL('../../../models/flight-delay/model.yml', import.meta.url);

async function linesAfter(change: (text: string) => string): Promise<string[]> {
  const text = change(await readFile(EXAMPLE, 'utf8'));
  return checkDefinition({ text, file: 'model.yml' }).map(problemLine);
}

describe('model.yml', () => {
  it('accepts the definition of this repository', async () => {
    const lines = await linesAfter((text) => text);

    expect(lines).toEqual([]);
  });

  it('names an unknown key at its place', async () => {
    const lines = await linesAfter((text) => text.replace('  window: P1D', '  windw: P1D'));

    expect(lines).toEqual(['model.yml:40:3 monitoring.windw: unknown key "windw"; did you mean "window"?']);
  });

  it.each([
    ['owner: operations research team', 'ownr: x', 'unknown key "ownr"; did you mean "owner"?'],
    ['  minimumRows: 200', '  zebra: 1', 'unknown key "zebra"; remove it'],
    [
      '    - { kind: relative, metric: rocAuc, minimumImprovement: 0 }',
      '    - { kind: relative, metric: rocAuc, minimumImprovment: 0 }',
      'did you mean "minimumImprovement"?',
    ],
    [
      'columns: { id: id, timestamp: ts, score: score',
      'columns: { id: distance, timestamp: ts, score: score',
      '"distance" is a column of the data contract too',
    ],
    ['  heldOutRange: P14D', '  heldOutRange: P0D', 'training.heldOutRange: a length of nothing'],
    [
      'outOfScope:\n  - Ranking of airlines or airports\n  - Decisions about crews',
      'outOfScope: none',
      'expected array, found the text "none"; write a list',
    ],
  ])('answers %j turned into %j', async (written, wrong, answer) => {
    const lines = await linesAfter((text) => {
      expect(text).toContain(written);
      return text.replace(written, wrong);
    });

    expect(lines.join('\n')).toContain(answer);
  });

  it('names a value of the wrong type, what was found and what to write', async () => {
    const lines = await linesAfter((text) => text.replace('minimumRows: 200', 'minimumRows: many'));

    expect(lines).toEqual(['model.yml:41:16 monitoring.minimumRows: expected number, found the text "many"; write a number']);
  });

  it('names a missing key at the nearest place that is written', async () => {
    const lines = await linesAfter((text) => text.replace(/^objective: .*\n/m, ''));

    expect(lines).toEqual(['model.yml:2:1 objective: expected string, found nothing; write a string']);
  });

  it('descends into the branch of a union that was meant', async () => {
    const lines = await linesAfter((text) => text.replace("operator: '>='", "operator: '='"));

    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^model\.yml:52:\d+ gate\.rules\.2\.operator: the text "=" is not allowed here; write >= or <=$/);
  });

  it('reports every problem, in the order of the text', async () => {
    const lines = await linesAfter((text) => text.replace('task: binary', 'task: ranking').replace('cost: 50', 'cost: -1'));

    expect(lines.map((line) => line.split(' ')[1])).toEqual(['task:', 'retraining.cost:']);
  });

  it('reports broken YAML with its place', () => {
    const lines = checkDefinition({ text: 'a: 1\na: 2\n', file: 'model.yml' }).map(problemLine);

    expect(lines[0]).toMatch(/^model\.yml:2:1 Map keys must be unique/);
  });

  it('checks rules across keys', async () => {
    const lines = await linesAfter((text) => text.replace("negative: '0'", "negative: '1'"));

    expect(lines[0]).toMatch(/^model\.yml:37:\d+ labels\.negative: positive and negative are the same text/);
  });
});

describe('the schema for editors', () => {
  it.each(['model', 'deployment'] as const)('pipelines/schema/%s.schema.json is current', async (kind) => {
    await expect(editorSchema(kind)).toMatchFileSnapshot(`../../../pipelines/schema/${kind}.schema.json`);
  });
});

describe('deployment.yml', () => {
  it('keeps comments and makes the version that served the fallback', () => {
    const text = '# who serves\nschemaVersion: 1\nmodel: flight-delay\nproduction: v1 # since January\nfallback: null\n';

    const next = deploymentText({ text, model: 'flight-delay', version: 'v2' });

    expect(next).toBe('# who serves\nschemaVersion: 1\nmodel: flight-delay\nproduction: v2 # since January\nfallback: v1\n');
  });

  it('changes nothing when the version already serves', () => {
    const text = 'schemaVersion: 1\nmodel: m\nproduction: v2\nfallback: v1\n';

    expect(deploymentText({ text, model: 'm', version: 'v2' })).toBe(text);
  });
});
