import { describe, expect, test } from 'vitest';
import { openServingLine } from '../../pipelines/stages/serving-line.ts';
import { worldDay } from '../fakes/learnt-world.ts';
import { loanTable } from '../fakes/loan-table.ts';

describe('a serving line', () => {
  test('gives each row the class and the probabilities of the version that served it', async () => {
    const always = (place: number) => ({
      predict: async (rows: { readonly ids: readonly string[] }) => ({
        scores: new Float64Array(rows.ids.length).fill(0.5 + place / 10),
        predicted: new Float64Array(rows.ids.length).fill(place),
        probabilities: {
          a: new Float64Array(rows.ids.length).fill(0.5 - place / 10),
          [`only${place}`]: new Float64Array(rows.ids.length).fill(1),
        },
      }),
      dispose: () => {},
    });
    const line = openServingLine({ version: 'v1', from: worldDay(0), predictor: always(0) });
    line.promote({ version: 'v2', from: '1970-01-01T00:00:02Z', predictor: always(1) });

    const both = await line.answer(loanTable(4));
    const none = await line.answer(loanTable(0));

    expect(both.versions).toEqual(['v1', 'v1', 'v2', 'v2']);
    expect(Array.from(both.predicted)).toEqual([0, 0, 1, 1]);
    expect(Array.from(both.scores)).toEqual([0.5, 0.5, 0.6, 0.6]);
    expect(both.probabilities['a']).toEqual(Float64Array.of(0.5, 0.5, 0.4, 0.4));
    expect(both.probabilities['only1']).toEqual(Float64Array.of(0, 0, 1, 1));
    expect(none).toMatchObject({ versions: [], scores: new Float64Array(0) });
  });
});
