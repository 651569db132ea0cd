import { describe, expect, test } from 'vitest';
import { emptyCube } from '../../../pipelines/core/profile/label-cube.ts';
import { addSeconds } from '../../../pipelines/core/schema/instant.ts';
import type { LabelCube } from '../../../pipelines/core/schema/label-cube.ts';
import { detectSignals } from '../../../pipelines/core/signals/detect-signals.ts';
import { definitionWith, MONDAY, ordinaryDay, ordinaryReference } from '../../fakes/watched-world.ts';

const definition = definitionWith();
const ordinary = ordinaryReference(definition);
const profile = ordinaryDay({ rows: 1000, seed: 1 });

function day(index: number, labelled: number, quarantined: LabelCube['quarantined'] = {}): LabelCube {
  const window = { start: addSeconds(MONDAY, 86_400 * index), end: addSeconds(MONDAY, 86_400 * (index + 1)) };
  return { ...emptyCube(window, 'v1'), labelled, positives: Math.round(labelled / 5), quarantined };
}

interface Known {
  readonly rows?: number;
  /** Share of the reference's rows that have a label. */
  readonly usual?: number;
}

function judge(trailingCubes: readonly LabelCube[], { rows = 1000, usual = 1 }: Known = {}) {
  const { rows: before } = ordinary.profile;
  const reference = { ...ordinary, labels: { ...ordinary.labels, labelled: before * usual, positives: before * usual * 0.2 } };
  const labelled = trailingCubes[0]?.labelled ?? 0;
  const [newest, pooled] = [{ share: 1, excessPositives: null }, null];
  const realised = { figures: [], waiting: 0, newest, pooled, coverage: { rows, due: rows, labelled } };
  const { signals } = detectSignals({ definition, reference, profile, trailingCubes, cycle: [], realised });
  return signals.find(({ subject }) => subject === 'label-lines');
}

describe('lines of labels that were set aside', () => {
  test('labels that are lost in part are broken data, with the reasons and whom to ask', () => {
    const signal = judge([day(1, 700, { 'bad-label': 250, 'label-without-prediction': 50 }), day(0, 1000)]);

    expect(signal).toMatchObject({ kind: 'data-quality', status: 'alert', value: 0.3, sampleSize: 1000 });
    expect(signal?.why).toBe(
      '300 of the newest 1,000 lines of labels (30 %) were set aside: bad-label 250, label-without-prediction 50; 1 % are accepted. 70 % of the rows have a label, 100 % in the reference. Ask whoever writes the labels.',
    );
  });

  test('all of them: no row is left that could be labelled', () => {
    expect(judge([day(0, 0, { 'bad-label': 1000 })])).toMatchObject({ status: 'alert', value: 1 });
  });

  test('only the newest windows count, so that a repair is seen at once', () => {
    const repaired = [day(1, 1000, { 'bad-label': 2 }), day(0, 700, { 'bad-label': 300 })];

    expect(judge(repaired)).toMatchObject({ status: 'ok', value: 2 / 1002 });
  });

  test('lines that always were no labels, or always of other predictions, cost no row its label', () => {
    expect(judge([day(0, 700, { 'bad-label': 300 })], { usual: 0.7 })).toMatchObject({ status: 'ok', value: 0.3 });
    expect(judge([day(0, 1000, { 'label-without-prediction': 3000 })])?.status).toBe('ok');
  });

  test('rows that lack their labels without a line that tells why are a warning: they may be the ones that were wrong', () => {
    const signal = judge([day(0, 500)]);

    expect(signal).toMatchObject({ status: 'warning', value: 0 });
    expect(signal?.why).toBe(
      '0 of the newest 500 lines of labels (0 %) were set aside; 1 % are accepted. 50 % of the rows have a label, 100 % in the reference. No line tells why: if the rows without a label are not like the others, what labels measure does not hold for them.',
    );
    expect(judge([day(0, 960)])?.status).toBe('ok');
    expect(judge([day(0, 500)], { usual: 0.5 })?.status).toBe('ok');
  });

  test('too few lines say so; without a mature window nothing is said', () => {
    expect(judge([day(0, 5)])).toMatchObject({ status: 'insufficient-data', value: null });
    expect(judge([])).toBeUndefined();
  });
});
