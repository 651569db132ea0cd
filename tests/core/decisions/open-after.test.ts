import { expect, test } from 'vitest';
import { openAfterOf } from '../../../pipelines/core/decisions/incident-kinds.ts';
import { definitionWith } from '../../fakes/watched-world.ts';

test('measured harm over windows of a week or more opens an incident at once, over days it waits for the windows that are asked for', () => {
  const weekly = definitionWith({ monitoring: { window: 'P7D', incident: { openAfter: 3, closeAfter: 3 } } });
  const daily = definitionWith({ monitoring: { window: 'P1D', incident: { openAfter: 3, closeAfter: 3 } } });

  expect(openAfterOf('realised-performance', weekly)).toBe(1);
  expect(openAfterOf('realised-performance', daily)).toBe(3);
  expect(openAfterOf('data-drift', weekly)).toBe(3);
  expect(openAfterOf('freshness', daily)).toBe(1);
});
