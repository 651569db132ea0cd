import { expect, test } from 'vitest';
import { agreementSignal } from '../../../pipelines/core/evaluation/agreement-signal.ts';
import type { Annotations } from '../../../pipelines/core/schema/annotations.ts';
import { Signal } from '../../../pipelines/core/schema/signal.ts';
import { definitionWith, ordinaryDay, ordinaryReference } from '../../fakes/watched-world.ts';

const REFERENCE = ordinaryReference(definitionWith());
const DAY = ordinaryDay({ rows: 500, seed: 1 });
/** 300 rows, of which two annotators agree on 270: kappa 0.8. */
const PAIRS: Annotations = {
  annotators: 2,
  patterns: [
    { labels: [0, 0], items: 135 },
    { labels: [0, 1], items: 30 },
    { labels: [1, 1], items: 135 },
  ],
  pairs: [
    { first: 0, second: 0, items: 135 },
    { first: 0, second: 1, items: 15 },
    { first: 1, second: 0, items: 15 },
    { first: 1, second: 1, items: 135 },
  ],
};

function signalOf(annotations: Annotations, minimumAgreement?: number) {
  const base = definitionWith();
  const definition = minimumAgreement === undefined ? base : { ...base, labels: { ...base.labels, minimumAgreement } };
  const signal = agreementSignal({ definition, reference: REFERENCE, profile: DAY, measured: DAY.window, annotations });
  expect(Signal.parse(signal)).toEqual(signal);
  return signal;
}

test.each([
  [undefined, 'ok'],
  [0.7, 'ok'],
  [0.82, 'warning'],
  [0.95, 'alert'],
] as const)('two annotators with a kappa of 0.8 against a limit of %s: %s', (limit, status) => {
  const signal = signalOf(PAIRS, limit);

  expect(signal.value).toBeCloseTo(0.8, 12);
  expect(signal).toMatchObject({ kind: 'label-agreement', status, sampleSize: 300 });
  expect(signal.method).toContain('Cohen');
});

test('three annotators are judged by the kappa of Fleiss', () => {
  const patterns = [
    { labels: [0, 0, 0], items: 150 },
    { labels: [1, 1, 1], items: 150 },
  ];

  expect(signalOf({ annotators: 3, patterns, pairs: null })).toMatchObject({
    value: 1,
    method: "Fleiss' kappa, jackknife interval over rows",
  });
});

test('few rows, and one label for all, are not judged', () => {
  const few = signalOf({ ...PAIRS, patterns: [{ labels: [0, 1], items: 3 }] }, 0.5);
  const same = signalOf({ annotators: 2, patterns: [{ labels: [1, 1], items: 300 }], pairs: [{ first: 1, second: 1, items: 300 }] }, 0.5);

  expect(few).toMatchObject({ status: 'insufficient-data', value: null });
  expect(same.status).toBe('insufficient-data');
});

test('what is compared is told, and for labels without a time what cannot be known', () => {
  const base = definitionWith();
  const columns = { id: 'id', label: 'label', annotator: 'who' };
  const told = (labels: typeof base.labels.columns) => {
    const definition = { ...base, labels: { ...base.labels, columns: labels } };
    return agreementSignal({ definition, reference: REFERENCE, profile: DAY, measured: DAY.window, annotations: PAIRS }).why;
  };

  const [untimed, timed] = [told(columns), told({ ...columns, timestamp: 'at' })];

  expect(untimed).toMatch(/labels\.columns\.timestamp names no column: .* which of them had come by then cannot be known\.$/);
  expect(timed).toMatch(/Rows that somebody labelled in these days, with all that had been said of them by then\.$/);
});
