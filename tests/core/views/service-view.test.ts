import { describe, expect, test } from 'vitest';
import { emptyModelState, type ModelState, type WindowSummary } from '../../../pipelines/core/schema/model-state.ts';
import { barChart, describeBars } from '../../../pipelines/core/views/charts/bar-chart.ts';
import { phraseBreakEven } from '../../../pipelines/core/views/phrase-break-even.ts';
import { serviceSentence } from '../../../pipelines/core/views/service-sentence.ts';
import { serviceView } from '../../../pipelines/core/views/service-view.ts';
import { phraseService } from '../../../pipelines/stages/phrase-service.ts';
import { windowSummary } from '../../dashboard/fixture-signals.ts';
import { parcelDays } from '../../dashboard/fixture-state.ts';
import { definitionWith } from '../../fakes/watched-world.ts';

const windows = parcelDays().map(windowSummary);
const stateOf = (summaries: readonly WindowSummary[]): ModelState => ({ ...emptyModelState('example'), windows: [...summaries] });

describe('serviceView', () => {
  const view = serviceView({ definition: definitionWith(), state: stateOf(windows) });

  test('adds usage up over the newest 28 windows', () => {
    expect(view.usage?.windows).toBe(28);
    expect(view.hours.map(({ rows }) => rows)).toEqual(Array.from({ length: 24 }, (_, hour) => 28 * (hour < 6 ? 8 : 60)));
    expect(view.regions.map(({ name }) => name)).toEqual(['north', 'all others']);
    expect(view.regions.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
  });

  test('gives the mean day of each weekday, Monday first', () => {
    expect(view.weekdays.map(({ name }) => name)).toEqual(['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']);
    const mondays = windows.slice(-28).filter(({ window }) => new Date(window.start).getUTCDay() === 1);
    expect(view.weekdays[0]?.rows).toBe(Math.round(mondays.reduce((sum, { rows }) => sum + rows, 0) / mondays.length));
  });

  test('says why a part is not shown', () => {
    const bare = windows.map(({ service: _, ...summary }) => summary);

    expect(serviceView({ definition: definitionWith(), state: null })).toMatchObject({
      latest: null,
      hours: [],
      why: { latency: 'No window has been reported.' },
    });
    expect(serviceView({ definition: definitionWith(), state: stateOf(bare) }).why.hours).toContain('older than this measure');
    expect(view.why.cost).toContain('service.costPerPrediction');
  });

  test('multiplies a stated cost with the predictions of the same windows', () => {
    const costPerPrediction = { amount: 0.5, currency: 'EUR', assumption: 'bill', assumedOn: '2026-01-01', owner: 'finance' };
    const { cost } = serviceView({ definition: definitionWith({ service: { costPerPrediction } }), state: stateOf(windows) });

    expect(cost?.total).toBe(0.5 * windows.slice(-28).reduce((sum, { rows }) => sum + rows, 0));
  });

  test('is told in a sentence and in two lines', () => {
    expect(serviceSentence(view)).toMatch(/^95 % of the predictions took at most [\d.]+ ms, [\d.]+ % failed\.$/);
    expect(phraseService(definitionWith(), stateOf(windows))).toHaveLength(2);
    expect(phraseService(definitionWith(), stateOf([]))).toEqual([]);
  });
});

describe('bars', () => {
  test('stand on 0 and are as high as their values', () => {
    const chart = barChart(
      [
        { name: 'a', value: 10 },
        { name: 'b', value: 5 },
        { name: 'c', value: 0 },
      ],
      { width: 300, height: 200, names: 3 },
    );
    const [a, b, c] = chart?.bars ?? [];

    expect(b?.height).toBeCloseTo((a?.height ?? 0) / 2, 0);
    expect(c?.height).toBe(0);
    expect((a?.y ?? 0) + (a?.height ?? 0)).toBeCloseTo(chart?.plot.bottom ?? 0, 1);
  });

  test('nothing counted: no chart, and words that say so', () => {
    expect(barChart([{ name: 'a', value: 0 }], { width: 300, height: 200, names: 3 })).toBeNull();
    expect(describeBars('Use', [])).toBe('Use: nothing was counted.');
  });
});

describe('break-even day', () => {
  const business = {
    schemaVersion: 1 as const,
    range: { start: '2026-01-01T00:00:00Z', end: '2026-01-02T00:00:00Z' },
    currency: 'USD',
    labelled: 1000,
    perPrediction: 1,
    interval: null,
    total: 1000,
    costOfWaitingPerDay: 25,
    waiting: { interval: { lower: 10, upper: 50, level: 0.95 }, why: '' },
    breakEvenDays: 4,
    why: '',
  };

  test('names the day with the days of the interval', () => {
    expect(phraseBreakEven(business, { cost: 100, from: '2026-01-02T00:00:00Z' })).toBe(
      'Waiting from 2 Jan 2026 on costs as much as a retraining (USD\u00a0100) by 6 Jan 2026 (95 %: 4 Jan 2026 to 12 Jan 2026), if the retraining wins all of it back.',
    );
  });

  test.each([
    [null, 100, 'no window with labels'],
    [{ ...business, costOfWaitingPerDay: null }, 100, 'no measurable cost of waiting'],
    [business, 0, 'states no cost of a retraining'],
    [{ ...business, costOfWaitingPerDay: 0.001 }, 100, 'within ten years'],
  ])('or the reason why there is none', (given, cost, reason) => {
    expect(phraseBreakEven(given, { cost, from: '2026-01-02T00:00:00Z' })).toContain(reason);
  });
});
