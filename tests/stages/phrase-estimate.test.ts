import { describe, expect, test } from 'vitest';
import { renderStatusComment } from '../../bot/markdown/status-comment/render-status-comment.ts';
import { emptyModelState, type ModelState } from '../../pipelines/core/schema/model-state.ts';
import { phraseEstimate } from '../../pipelines/stages/phrase-estimate.ts';
import { estimatedDays, type PlantedEstimate } from '../fakes/estimated-windows.ts';
import { loanDefinition } from '../fakes/policy-world.ts';

const END = '2001-03-01T00:00:00Z';
const definition = loanDefinition({ monitoring: { performanceWindows: 1 } });

function stateOf(days: readonly PlantedEstimate[]): ModelState {
  return { ...emptyModelState('loan'), champion: 'v1', watermark: END, windows: estimatedDays(END, days) };
}

describe('the status of a model', () => {
  test('tells the newest estimate and how such estimates fared', () => {
    const state = stateOf([{}, {}, { realised: null }]);

    const lines = phraseEstimate(definition, state);

    expect(lines).toEqual([
      'ok: estimated-performance/rocAuc is ok',
      'The 95 % band of the estimate held the realised AUC in 2 of 2 windows (100 %, 95 % interval 34 % to 100 %).',
    ]);
    expect(renderStatusComment(definition, state)).toContain('in 2 of 2 windows');
  });

  test('says why there is none, and nothing of a model that was never watched', () => {
    expect(phraseEstimate(definition, stateOf([{ status: 'insufficient-data' }]))[0]).toMatch(/^no estimate without labels: /);
    expect(renderStatusComment(definition, stateOf([{ status: 'insufficient-data' }]))).not.toContain('estimate');
    expect(phraseEstimate(definition, emptyModelState('loan'))).toEqual([]);
  });
});
