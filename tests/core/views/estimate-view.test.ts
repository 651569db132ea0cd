import { describe, expect, test } from 'vitest';
import { emptyModelState, type ModelState } from '../../../pipelines/core/schema/model-state.ts';
import { lineChart, WIDE } from '../../../pipelines/core/views/charts/line-chart.ts';
import { describePerformance, performanceChart } from '../../../pipelines/core/views/charts/performance-chart.ts';
import { estimateView } from '../../../pipelines/core/views/estimate-view.ts';
import { performanceView } from '../../../pipelines/core/views/performance-view.ts';
import type { ModelSource } from '../../../pipelines/core/views/site-source.ts';
import { estimatedDays, type PlantedEstimate } from '../../fakes/estimated-windows.ts';
import { loanDefinition } from '../../fakes/policy-world.ts';

const END = '2001-03-01T00:00:00Z';
const definition = loanDefinition({ monitoring: { performanceWindows: 1 } });

function stateOf(days: readonly PlantedEstimate[]): ModelState {
  return { ...emptyModelState('loan'), champion: 'v1', watermark: END, windows: estimatedDays(END, days) };
}

function sourceOf(days: readonly PlantedEstimate[]): ModelSource {
  return {
    definition,
    state: stateOf(days),
    deployment: { schemaVersion: 1, model: 'loan', production: 'v1', fallback: null },
    versions: [],
  };
}

const mixed: PlantedEstimate[] = [
  {},
  { estimated: 0.68 },
  { status: 'insufficient-data' },
  { estimated: 0.66 },
  { estimated: 0.65, realised: null },
];

describe('estimateView', () => {
  test('draws what could be trusted, and leaves a gap where it could not', () => {
    const view = estimateView(definition, stateOf(mixed));

    expect(view.points.map(({ value }) => value)).toEqual([0.7, 0.68, null, 0.66, 0.65]);
    expect(view.now).toMatchObject({ value: 0.65, sampleSize: 1000, status: 'ok' });
    expect(view.record).toContain('in 2 of 3 windows');
  });

  test('without a trusted figure in the newest window it says why, and shows none', () => {
    const view = estimateView(definition, stateOf([{}, { status: 'insufficient-data' }]));

    expect(view.now).toBeNull();
    expect(view.why).toBe('estimated-performance/rocAuc is ok');
    expect(estimateView(definition, null)).toMatchObject({ now: null, points: [], why: 'No window was estimated yet.' });
  });
});

describe('the performance chart', () => {
  test('has the estimate beside what was measured, on the same scales', () => {
    const view = performanceView(sourceOf(mixed));
    const chart = lineChart(performanceChart(view), WIDE);

    expect(chart?.lines).toHaveLength(1);
    expect(chart?.beside.lines).toHaveLength(2);
    expect(chart?.beside.bands).toHaveLength(2);
    expect(chart?.domain.low).toBeLessThanOrEqual(0.63);
  });

  test('says the newest estimate and its record in words', () => {
    const words = describePerformance(performanceView(sourceOf(mixed)));

    expect(words).toContain('The newest estimate without labels: AUC 0.650 (0.630 to 0.670).');
    expect(words).toContain('The 95 % band of the estimate held');
  });

  test('is drawn as before where nothing was estimated', () => {
    const view = performanceView(sourceOf([{ estimated: null }, { estimated: null }]));

    expect(lineChart(performanceChart(view), WIDE)?.beside).toEqual({ lines: [], bands: [], dots: [] });
    expect(describePerformance(view)).not.toContain('estimate');
  });
});
