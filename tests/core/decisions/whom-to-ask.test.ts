import { expect, test } from 'vitest';
import { whomToAsk } from '../../../pipelines/core/decisions/whom-to-ask.ts';
import { definitionWith } from '../../fakes/watched-world.ts';

test('groups broken columns by source, names those without, and knows what is no column', () => {
  const definition = definitionWith({
    columns: [
      { name: 'size', kind: 'numeric', source: 'scales' },
      { name: 'place', kind: 'categorical' },
      { name: 'weight', kind: 'numeric', source: 'scales' },
      { name: 'colour', kind: 'categorical', source: 'camera' },
    ],
  });

  expect(whomToAsk(definition, ['weight', 'place', 'size'])).toEqual({
    sources: [{ source: 'scales', columns: ['size', 'weight'] }],
    unsourced: ['place'],
    isOfTheLog: false,
  });
  expect(whomToAsk(definition, ['prediction-log'])).toEqual({ sources: [], unsourced: [], isOfTheLog: true });
});
