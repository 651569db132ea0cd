import { describe, expect, test } from 'vitest';
import { datasetFacts } from '../../../pipelines/core/registry/dataset-facts.ts';
import { renderModelCard } from '../../../pipelines/core/registry/model-card.ts';
import { nextVersion } from '../../../pipelines/core/registry/next-version.ts';
import { specifyInitialTraining, specifyTraining } from '../../../pipelines/core/registry/specify-training.ts';
import { verifyVersion } from '../../../pipelines/core/registry/verify-version.ts';
import { VERSION_FILES, type VersionFiles, versionManifest } from '../../../pipelines/core/registry/version-manifest.ts';
import { ModelVersion } from '../../../pipelines/core/schema/model-version.ts';
import { TrainingSpec } from '../../../pipelines/core/schema/training-spec.ts';
import { goodReport } from '../../fakes/gate-cases.ts';
import { loanTable } from '../../fakes/loan-table.ts';
import { loanDefinition, versionOf } from '../../fakes/policy-world.ts';

const START = '2001-01-01T00:05:00Z';
const DEFINITION = loanDefinition();

function specify(changes: Partial<Parameters<typeof specifyTraining>[0]> = {}): TrainingSpec {
  return specifyTraining({
    definition: DEFINITION,
    champion: versionOf('v1', '2001-01-29T00:00:00Z'),
    version: 'v2',
    decision: 'd',
    asOf: '2001-03-05T00:00:00Z',
    historyStart: START,
    labelledUntil: '2001-03-03T23:50:00Z',
    ...changes,
  });
}

describe('a training spec', () => {
  test('holds out the newest whole labelled week, and trains on all and on the recent rows before it', () => {
    const spec = specify();

    expect(TrainingSpec.parse(spec)).toEqual(spec);
    expect(spec.heldOut).toEqual({ start: '2001-02-24T00:00:00Z', end: '2001-03-03T00:00:00Z' });
    expect(spec.challengers).toEqual([
      { name: 'all-history', range: { start: START, end: '2001-02-24T00:00:00Z' } },
      { name: 'recent-window', range: { start: '2001-01-27T00:00:00Z', end: '2001-02-24T00:00:00Z' } },
    ]);
    expect(spec.features).toEqual(['income', 'purpose']);
  });

  test('has one challenger when the recent range is all there is', () => {
    const spec = specify({ historyStart: '2001-02-10T00:00:00Z' });

    expect(spec.challengers.map(({ name }) => name)).toEqual(['all-history']);
  });

  test('never holds out rows that the champion was trained on', () => {
    const spec = specify({ champion: versionOf('v1', '2001-03-01T00:00:00Z') });

    expect(spec.heldOut).toEqual({ start: '2001-03-01T00:00:00Z', end: '2001-03-03T00:00:00Z' });
    expect(spec.challengers.every(({ range }) => range.end === '2001-03-01T00:00:00Z')).toBe(true);
  });

  test('leaves out features that are protected or ignored', () => {
    const columns = [
      { name: 'income', kind: 'numeric' as const },
      { name: 'age', kind: 'numeric' as const, role: 'protected' as const },
      { name: 'note', kind: 'categorical' as const, role: 'ignored' as const },
    ];

    expect(specify({ definition: loanDefinition({ columns }) }).features).toEqual(['income']);
  });

  test.each([
    ['the champion has seen all labelled rows', { champion: versionOf('v1', '2001-03-04T00:00:00Z') }],
    ['there is a single window', { champion: null, historyStart: '2001-03-02T00:00:00Z' }],
  ])('is refused when %s', (_, changes) => {
    expect(() => specify(changes)).toThrow(expect.objectContaining({ code: 'TRAINING_RANGE_EMPTY' }));
  });

  test('of a first version refuses ranges that overlap', () => {
    const ranges = {
      range: { start: START, end: '2001-01-29T00:00:00Z' },
      heldOut: { start: '2001-01-28T00:00:00Z', end: '2001-02-05T00:00:00Z' },
    };

    expect(() => specifyInitialTraining({ definition: DEFINITION, version: 'v1', decision: 'd', asOf: START, ...ranges })).toThrow(
      RangeError,
    );
  });
});

test.each([
  [[], 'v1'],
  [['v1', 'v2'], 'v3'],
  [['v10', 'v9', 'notes'], 'v11'],
  [['v1', 'v4'], 'v5'],
])('after %j comes %s', (existing, expected) => {
  expect(nextVersion(existing)).toBe(expected);
});

describe('a manifest', () => {
  const files: VersionFiles = Object.fromEntries(VERSION_FILES.map((name, index) => [name, Uint8Array.of(index)]));
  const manifest = versionManifest(specify(), files);

  test('binds every file', () => {
    expect(ModelVersion.parse(manifest)).toEqual(manifest);
    expect(manifest).toMatchObject({ version: 'v2', parent: 'v1', trainedUntil: '2001-02-24T00:00:00Z' });
    expect(verifyVersion(manifest, { ...files, 'version.json': Uint8Array.of(9) })).toEqual([]);
  });

  test.each(VERSION_FILES)('notices a change of %s, and its absence', (name) => {
    const changed = verifyVersion(manifest, { ...files, [name]: Uint8Array.of(77) });
    const absent = verifyVersion(manifest, Object.fromEntries(Object.entries(files).filter(([each]) => each !== name)));

    expect(changed).toHaveLength(1);
    expect(changed[0]).toContain(name);
    expect(absent).toEqual([`${name} is missing`]);
  });

  test('notices a file that does not belong, and one that is not bound', () => {
    const { 'reference.json': _, ...bound } = manifest.files;

    expect(verifyVersion(manifest, { ...files, 'payload.js': Uint8Array.of(1) })).toEqual(['payload.js is not part of a version']);
    expect(verifyVersion({ ...manifest, files: bound }, files)).toEqual(['version.json does not bind reference.json']);
  });

  test('does not confuse the bytes of the model with those of the weights', () => {
    const swapped = {
      ...files,
      'model.json': files['weights.bin'] ?? new Uint8Array(),
      'weights.bin': files['model.json'] ?? new Uint8Array(),
    };

    expect(verifyVersion(manifest, swapped)).toHaveLength(1);
  });
});

describe('facts of a dataset', () => {
  const rows = loanTable(50);
  const options = { range: { start: START, end: '2001-02-01T00:00:00Z' }, features: ['income', 'month', 'purpose'], quarantined: 3 };
  const facts = datasetFacts(rows, options);

  test('count rows, positives and quarantined lines', () => {
    expect(facts).toMatchObject({ rows: 50, positives: rows.labels.filter((label) => label === 1).length, quarantined: 3 });
    expect(datasetFacts(loanTable(50), options).digest).toBe(facts.digest);
  });

  test.each([
    ['an id', { ids: ['other', ...rows.ids.slice(1)] }],
    ['a label', { labels: rows.labels.map((label, row) => (row === 0 ? 1 - label : label)) }],
    [
      'a number',
      {
        numeric: {
          ...rows.numeric,
          income: (rows.numeric['income'] ?? new Float64Array()).map((value, row) => (row === 7 ? value + 1 : value)),
        },
      },
    ],
    ['a category', { categorical: { purpose: ['boat', ...(rows.categorical['purpose'] ?? []).slice(1)] } }],
  ])('have another digest when %s changes', (_, changes) => {
    expect(datasetFacts({ ...rows, ...changes }, options).digest).not.toBe(facts.digest);
  });

  test('have another digest when a text changes, and no positives where the task has none', () => {
    const spoken = { ...rows, texts: { words: rows.ids.map((id) => `play ${id}`) } };
    const asked = { ...options, task: 'multiclass' as const, features: ['words'] };
    const other = { ...spoken, texts: { words: ['stop', ...spoken.texts.words.slice(1)] } };

    expect(datasetFacts(other, asked).digest).not.toBe(datasetFacts(spoken, asked).digest);
    expect([datasetFacts(spoken, asked).positives, datasetFacts(rows, { ...options, task: 'regression' }).positives]).toEqual([0, 0]);
  });
});

describe('a model card', () => {
  const artifact = {
    schemaVersion: 1 as const,
    model: 'loan',
    algorithm: 'logisticRegression' as const,
    inputs: [{ kind: 'numeric' as const, column: 'income', mean: 0, standardDeviation: 1, missingAs: 0 }],
    layers: [{ inputs: 1, units: 1, activation: 'sigmoid' as const }],
    weightsBytes: 8,
  };
  const cardOf = (definition = DEFINITION) => renderModelCard({ definition, spec: specify(), report: goodReport(), artifact });

  test('says "Not stated" where the definition says nothing', () => {
    expect(cardOf()).toMatch(/## Ethical Considerations\n\nNot stated\./);
    expect(cardOf(loanDefinition({ ethicalConsiderations: ['Poor people pay more.'] }))).toMatch(
      /## Ethical Considerations\n\n- Poor people pay more\./,
    );
  });

  test('gives figures with interval and number of rows', () => {
    expect(cardOf()).toContain('| **recent-window** | rocAuc | 0.6600 | 0.6500 to 0.6700 | 5000 |');
    expect(cardOf()).toContain('- rocAuc: 0.0300 (95.0 % interval 0.0100 to 0.0500), n = 5000');
  });

  test('lets no text of a definition become markup', () => {
    const card = cardOf(loanDefinition({ objective: 'Hurt <script>alert(1)</script> | @everyone\n## Fake heading' }));

    expect(card).not.toMatch(/(?<!\\)<script/);
    expect(card).not.toMatch(/^## Fake/m);
    expect(card).not.toMatch(/(?<!\\)@everyone/);
  });
});
