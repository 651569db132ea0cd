import type { ModelDefinition } from '../schema/model-definition.ts';
import { figure, rowsText } from './phrase-figures.ts';

const REMEDY = 'state a longer monitoring.window, or a lower minimum';

/** Why nothing will ever be judged, where windows are too short for their log: one sentence for each minimum that no window reaches. `fullest`: rows of the fullest window. */
export function phraseThinWindows({ monitoring }: ModelDefinition, fullest: number): string[] {
  const { minimumRows, minimumLabels, performanceWindows, window } = monitoring;
  const pooled = fullest * performanceWindows;
  const holds = `the fullest window of ${window} holds ${rowsText(fullest)}`;
  return [
    ...(fullest < minimumRows
      ? [`No window reaches monitoring.minimumRows (${figure(minimumRows)}), ${holds}: no drift is judged; ${REMEDY}.`]
      : []),
    ...(pooled < minimumLabels
      ? [
          `No ${figure(performanceWindows)} windows together (monitoring.performanceWindows) reach monitoring.minimumLabels (${figure(minimumLabels)}), ${holds}: realised performance is never measured; ${REMEDY}.`,
        ]
      : []),
  ];
}
