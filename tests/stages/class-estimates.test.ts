import { describe, expect, test } from 'vitest';
import { cubeOf } from '../../pipelines/core/profile/label-cube.ts';
import { addSeconds, epochSeconds } from '../../pipelines/core/schema/instant.ts';
import { estimatedPerformance } from '../../pipelines/core/signals/estimated-performance.ts';
import { classReader } from '../../pipelines/stages/class-estimates.ts';
import { tableOfClasses } from '../fakes/class-rows.ts';
import { MemoryLog } from '../fakes/memory-log.ts';
import { definitionWith, MONDAY, numericColumn, ordinaryDay, ordinaryReference } from '../fakes/watched-world.ts';

const CLASSES = ['music', 'news', 'weather'];
const definition = definitionWith({
  task: 'multiclass',
  successMetrics: [{ metric: 'accuracy', target: 0.6, why: 'test' }],
  logs: {
    format: 'jsonl',
    path: 'x.jsonl',
    columns: { id: 'id', timestamp: 'ts', score: 'p', prediction: 'said', probabilities: { music: 'm', news: 'n', weather: 'w' } },
  },
  labels: { format: 'jsonl', path: 'y.jsonl', columns: { id: 'id', label: 'y' }, classes: CLASSES, delay: 'P1D' },
  monitoring: { performance: { metric: 'macroF1', toleratedDrop: 0.05 }, performanceWindows: 1 },
});
const binary = definitionWith();
const before = tableOfClasses(CLASSES, { rows: 3000, seed: 1 });
const now = tableOfClasses(CLASSES, { rows: 1000, seed: 2, start: epochSeconds(MONDAY) });
const right = Float64Array.from(before.labels, (label, row) => Number(label === before.predicted[row]));
const plain = ordinaryReference(binary);
const labels = { ...cubeOf({ scores: before.scores, labels: right, window: plain.range, modelVersion: 'v1' }) };
const promise = [{ metric: 'macroF1', value: 0.99, interval: null, sampleSize: 3000, positives: 0, method: 'test', why: null }] as const;
const reference = { ...plain, labels, promise: [...promise] };
const day = ordinaryDay({ rows: 1000, seed: 1 });
const profile = { ...day, columns: { ...day.columns, $score: numericColumn('$score', now.scores) } };
const task = { definition, reference, log: new MemoryLog(), asOf: addSeconds(MONDAY, 86_400) };
const window = { profile, trailingProfiles: [profile], sample: { reference: before, window: now }, isNewest: true };

describe('classReader', () => {
  test('lets a macro F1 that was agreed be estimated and held against its promise, with the matrix of all classes beside it', async () => {
    const classes = await classReader(task)(window);

    const [agreed] = estimatedPerformance({ definition, reference, profile, trailingCubes: [], cycle: [], classes }, []);

    expect(agreed).toMatchObject({ subject: 'macroF1', status: 'alert', sampleSize: 1000 });
    expect(agreed?.estimates).toMatchObject({ rowsByClass: 1000 });
    expect(agreed?.estimates?.metrics.map(({ metric }) => metric).sort()).toEqual(
      ['accuracy', 'averagePrecision', 'brier', 'macroF1', 'precision', 'recall', 'rocAuc', 'specificity'].sort(),
    );
    expect(agreed?.estimates?.confusion).toHaveLength(9);
  });

  test('says why a reference cannot tell', async () => {
    const few = { ...before, labels: before.labels.map((label) => (label === 1 ? Number.NaN : label)) };

    const classes = await classReader(task)({ ...window, sample: { reference: few, window: now } });

    const [agreed] = estimatedPerformance({ definition, reference, profile, trailingCubes: [], cycle: [], classes }, []);
    expect(agreed).toMatchObject({ status: 'insufficient-data', why: expect.stringContaining('0 labels of "news"') });
    expect(agreed?.estimates?.whyNoClasses).toContain('0 labels of "news"');
  });

  test('reads only rows of windows that this version served', async () => {
    const range = { start: addSeconds(MONDAY, -86_400), end: MONDAY };
    const others = { ...profile, window: range, versions: { v0: 1000 } };

    const classes = await classReader(task)({ ...window, trailingProfiles: [others, profile] });

    expect(classes?.rows).toBe(1000);
  });

  test('reads nothing where nobody would see it, or the log cannot tell', async () => {
    const accuracy = definitionWith({ ...definition, monitoring: { performance: { metric: 'accuracy', toleratedDrop: 0.05 } } });

    expect(await classReader({ ...task, definition: accuracy })({ ...window, isNewest: false })).toBeNull();
    expect(await classReader({ ...task, definition: binary })(window)).toBeNull();
    expect(await classReader(task)({ ...window, sample: null })).toBeNull();
  });
});
