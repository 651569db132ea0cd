import { describe, expect, test } from 'vitest';
import { ModelDefinition } from '../../../pipelines/core/schema/model-definition.ts';
import { describePerformance, performanceChart } from '../../../pipelines/core/views/charts/performance-chart.ts';
import { modelView } from '../../../pipelines/core/views/model-view.ts';
import { fixtureFiles } from '../../dashboard/fixture.ts';
import { NOW, staleState } from '../../dashboard/fixture-state.ts';

describe('what now means on a page', () => {
  /** Quiet windows of `quote-accepted`; `late` are the newest, whose labels are not due yet. */
  function quiet(late: number, status: 'ok' | 'warning' | 'alert' = 'ok') {
    const state = staleState('quote-accepted');
    const windows = state.windows.map((summary, index, all) => ({
      ...summary,
      ...(summary.realised === undefined ? {} : { realised: { ...summary.realised, maturity: index >= all.length - late ? 0.4 : 1 } }),
      signals: summary.signals.map((signal) => {
        if (signal.kind !== 'realised-performance' || signal.subject !== 'rocAuc') return signal;
        const isLate = index >= all.length - late;
        return { ...signal, value: isLate ? 0.5 : 0.658, status: index === all.length - 1 - late ? status : ('ok' as const) };
      }),
    }));
    const written = ModelDefinition.parse(JSON.parse(fixtureFiles()['models/quote-accepted/model.yml'] ?? ''));
    const definition = { ...written, labels: { ...written.labels, delay: `P${late}D` } };
    const deployment = { schemaVersion: 1 as const, model: 'quote-accepted', production: 'v1', fallback: null };
    const model = { definition, deployment, state: { ...state, windows }, versions: [] };
    const empty = { verdicts: [], evaluations: {}, events: [], repositoryUrl: null, clock: 'wall' as const };
    return modelView(model, { ...empty, models: [model], builtAt: state.watermark ?? NOW });
  }

  test('the chart tells the figure of the card as the latest, and that later ones still wait for labels', () => {
    const { performance } = quiet(3);

    const words = describePerformance(performance);

    expect(performance.now?.value).toBe(0.658);
    expect(words).toContain(`Latest realised AUC: 0.658 on `);
    expect(words).toContain('3 newer windows still wait for labels; so far the newest shows 0.500.');
    expect(performanceChart(performance).endLabel).toBe('0.500*');
    expect(performanceChart(quiet(0).performance).endLabel).toBe('0.658');
  });

  test('a loss beyond its interval asks for a look, not for an eye to be kept on it', () => {
    expect(quiet(1, 'warning').nextStep).toBe('Keep an eye on it');
    expect(quiet(1, 'alert').nextStep).toBe(
      'Look into realised AUC: the loss is beyond its interval; 3 such windows in a row open an incident',
    );
  });
});
