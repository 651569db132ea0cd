import { describe, expect, test } from 'vitest';
import { estimateRecord } from '../../../pipelines/core/signals/estimate-record.ts';
import { estimatedDays, type PlantedEstimate } from '../../fakes/estimated-windows.ts';
import { loanDefinition } from '../../fakes/policy-world.ts';

const END = '2001-03-01T00:00:00Z';
const one = loanDefinition({ monitoring: { performanceWindows: 1 } });
const week = loanDefinition({ monitoring: { performanceWindows: 7 } });
const day = (planted: PlantedEstimate, times: number) => Array.from({ length: times }, () => planted);
/** The day after the last: the labels of all days are due (delay P1D). */
const watermark = '2001-03-02T00:00:00Z';

describe('estimateRecord', () => {
  test('counts the bands that held what labels showed, with the Wilson interval', () => {
    const windows = estimatedDays(END, [...day({}, 11), { realised: 0.6 }]);

    const record = estimateRecord(one, { windows, watermark });

    expect(record).toMatchObject({ bands: 12, covered: 11, missed: 1, madeUp: 0, criesWolf: false });
    // Wilson's formula with norm.isf(.025) of scipy 1.17.1: 0.646120 to 0.985135
    expect(record.interval?.lower).toBeCloseTo(0.6461, 4);
    expect(record.interval?.upper).toBeCloseTo(0.9851, 4);
    expect(record.sentence).toBe(
      'The 95 % band of the estimate held the realised AUC in 11 of 12 windows (92 %, 95 % interval 65 % to 99 %).',
    );
  });

  test('tells one figure once: pooled windows that share rows are one stretch', () => {
    const windows = estimatedDays(END, day({}, 21), 7);

    const record = estimateRecord(week, { windows, watermark });

    expect(record.bands).toBe(3);
    for (const [at, { window }] of record.checked.entries()) expect(window.start >= (record.checked[at - 1]?.window.end ?? '')).toBe(true);
    expect(record.sentence).toContain('in 3 of 3 stretches of 7 windows');
  });

  test.each<[string, PlantedEstimate]>([
    ['no estimate', { estimated: null }],
    ['an estimate that was not trusted', { status: 'insufficient-data' }],
    ['no realised figure', { realised: null }],
    ['labels of fewer than nine rows in ten', { labelled: 899 }],
  ])('leaves out %s', (_name, planted) => {
    const record = estimateRecord(one, { windows: estimatedDays(END, day(planted, 5)), watermark });

    expect(record).toMatchObject({ bands: 0, share: null, criesWolf: false });
    expect(record.sentence).toBe('No estimate could be checked yet: the labels of its rows are not in.');
  });

  test('leaves out a realised figure of other rows', () => {
    const windows = estimatedDays(END, day({}, 5)).map((summary) => ({
      ...summary,
      signals: summary.signals.map((signal) =>
        signal.kind === 'realised-performance'
          ? { ...signal, window: { start: '2001-01-01T00:00:00Z', end: '2001-01-02T00:00:00Z' } }
          : signal,
      ),
    }));

    expect(estimateRecord(one, { windows, watermark }).bands).toBe(0);
  });

  test('waits until labels are due', () => {
    const windows = estimatedDays(END, day({}, 3));

    expect(estimateRecord(one, { windows, watermark }).bands).toBe(3);
    expect(estimateRecord(one, { windows, watermark: END }).bands).toBe(2);
    expect(estimateRecord(one, { windows, watermark: null }).bands).toBe(0);
  });

  test('says which side the truth left the band on, and when that is too seldom', () => {
    const record = estimateRecord(one, { windows: estimatedDays(END, [...day({}, 2), ...day({ realised: 0.6 }, 8)]), watermark });

    expect(record).toMatchObject({ covered: 2, missed: 8, madeUp: 0, criesWolf: false });
    expect(record.sentence).toContain('That is too seldom: the truth was worse than the band 8 times and better 0 times');
  });

  test('cries wolf once bands were left on the good side more often than chance lets them', () => {
    const madeUp = (times: number) => estimatedDays(END, [...day({}, 10 - times), ...day({ realised: 0.8 }, times)]);

    expect(estimateRecord(one, { windows: madeUp(1), watermark })).toMatchObject({ madeUp: 1, criesWolf: false });
    expect(estimateRecord(one, { windows: madeUp(2), watermark })).toMatchObject({ madeUp: 2, criesWolf: true });
  });

  test('the good side of a loss is below', () => {
    const loss = loanDefinition({ monitoring: { performanceWindows: 1, performance: { metric: 'logLoss' } } });
    const windows = estimatedDays(END, day({ realised: 0.6 }, 5)).map((summary) => ({
      ...summary,
      signals: summary.signals.map((signal) => ({ ...signal, subject: 'logLoss' })),
    }));

    expect(estimateRecord(loss, { windows, watermark })).toMatchObject({ missed: 0, madeUp: 5 });
  });

  test('removing windows never makes a record out of nothing', () => {
    const windows = estimatedDays(END, day({ realised: 0.6 }, 6));

    for (let kept = 0; kept < 6; kept += 1) expect(estimateRecord(one, { windows: windows.slice(kept), watermark }).covered).toBe(0);
  });
});
