import { expect, test } from 'vitest';
import { phraseThinWindows } from '../../../pipelines/core/signals/phrase-thin-windows.ts';
import { definitionWith } from '../../fakes/watched-world.ts';

test('says which minimum no window will ever reach, and what to do about it', () => {
  const definition = definitionWith({ monitoring: { window: 'P1D', minimumRows: 200, minimumLabels: 300, performanceWindows: 4 } });

  expect(phraseThinWindows(definition, 48)).toEqual([
    'No window reaches monitoring.minimumRows (200), the fullest window of P1D holds 48 rows: no drift is judged; state a longer monitoring.window, or a lower minimum.',
    'No 4 windows together (monitoring.performanceWindows) reach monitoring.minimumLabels (300), the fullest window of P1D holds 48 rows: realised performance is never measured; state a longer monitoring.window, or a lower minimum.',
  ]);
  expect(phraseThinWindows(definition, 80)).toHaveLength(1);
  expect(phraseThinWindows(definition, 200)).toEqual([]);
});
