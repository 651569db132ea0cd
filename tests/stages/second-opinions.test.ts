import { describe, expect, test } from 'vitest';
import { UserError } from '../../pipelines/core/errors/user-error.ts';
import { calibrateCube } from '../../pipelines/core/profile/calibrate-cube.ts';
import type { Signal } from '../../pipelines/core/schema/signal.ts';
import { estimatedPerformance } from '../../pipelines/core/signals/estimated-performance.ts';
import { signalOf } from '../../pipelines/core/signals/signal-of.ts';
import type { ServedModel } from '../../pipelines/stages/judged-reference.ts';
import { opinionReader } from '../../pipelines/stages/second-opinions.ts';
import { MemoryLog } from '../fakes/memory-log.ts';
import { groupRows } from '../fakes/two-groups.ts';
import { definitionWith, MONDAY, numericColumn, ordinaryDay, ordinaryReference, uniform } from '../fakes/watched-world.ts';

const definition = definitionWith({
  columns: [
    { name: 'distance', kind: 'numeric' },
    { name: 'carrier', kind: 'categorical' },
  ],
});
const reference = ordinaryReference(definition);
const next = uniform(9);
const sample = {
  reference: { ...groupRows({ rows: 1200, share: 0.2, name: 'a' }, next) },
  window: { ...groupRows({ rows: 800, share: 0.8, name: 'b' }, next) },
};
const profile = { ...ordinaryDay({ rows: 800, seed: 1, day: 0 }) };
const scored = { ...profile, columns: { ...profile.columns, $score: numericColumn('$score', sample.window.scores) } };
const calibration = calibrateCube(reference.labels);

function signalsWith(pValue: number): Signal[] {
  const evidence = { definition, reference, profile: scored, trailingCubes: [], cycle: [], calibration };
  const base = {
    kind: 'multivariate-drift',
    subject: 'all columns',
    method: 'test',
    sampleSize: 800,
    status: 'warning',
    why: 'test',
  } as const;
  return [signalOf(evidence, { ...base, pValue }), ...estimatedPerformance(evidence, [])];
}

function asked(pValue: number, parts: Partial<ServedModel> = {}, rows = sample) {
  const task = { definition, reference, log: new MemoryLog(), asOf: MONDAY, ...parts };
  const window = { profile: scored, trailingProfiles: [scored], calibration, sample: rows, signals: signalsWith(pValue) };
  return opinionReader(task)(window);
}

const named = (rows: typeof sample, version: string) => ({
  ...rows,
  reference: { ...rows.reference, versions: rows.reference.versions.map(() => version) },
});
const aucOf = (signals: readonly Signal[]) => signals.find(({ kind, subject }) => kind === 'estimated-performance' && subject === 'rocAuc');

describe('opinionReader', () => {
  test('asks where columns tell the window from the reference, and changes estimates alone', async () => {
    const before = signalsWith(1e-6);

    const signals = await asked(1e-6);

    expect(aucOf(signals)?.secondOpinion).toMatchObject({ agrees: false, referenceRows: 1200 });
    expect(aucOf(signals)?.why).toContain('A second opinion disagrees');
    expect(aucOf(signals)?.interval?.lower).toBeLessThan(aucOf(before)?.interval?.lower ?? 0);
    expect(signals.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    expect(signals[0]).toEqual(before[0]);
  });

  test('asks nobody where nothing tells them apart', async () => {
    expect(await asked(0.2)).toEqual(signalsWith(0.2));
  });

  test('lets the version that serves answer rows that its predecessor scored', async () => {
    let answered = 0;
    const predict = async (rows: typeof sample.reference) => {
      answered = rows.ids.length;
      return { scores: rows.scores, predicted: rows.predicted, probabilities: {} };
    };
    const serving = async () => ({ predictor: { predict, dispose: () => undefined }, inputs: [] });

    const signals = await asked(1e-6, { serving }, named(sample, 'v0'));

    expect(answered).toBe(1200);
    expect(aucOf(signals)?.secondOpinion?.agrees).toBe(false);
  });

  test('says why there is none where that version cannot be asked', async () => {
    const broken = async () => {
      throw new UserError({ code: 'VERSION_FILE_INVALID', message: 'test', hint: 'test' });
    };

    const [unasked, unread] = [await asked(1e-6, {}, named(sample, 'v0')), await asked(1e-6, { serving: broken }, named(sample, 'v0'))];

    expect(aucOf(unasked)?.why).toContain('No second opinion: rows of the reference carry scores of other versions');
    expect(aucOf(unread)?.secondOpinion).toMatchObject({ value: null, agrees: null });
    expect(aucOf(unread)?.status).toBe(aucOf(signalsWith(1e-6))?.status);
  });
});
