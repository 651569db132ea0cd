import type { ModelDefinition } from '../core/schema/model-definition.ts';
import type { ModelState } from '../core/schema/model-state.ts';
import type { EstimateFigures } from '../core/views/estimate-figures.ts';
import { estimateView } from '../core/views/estimate-view.ts';

/** A matrix of more cells is for a page. */
const MOST_CELLS = 9;

/** The estimate of the newest rows with its status, and how such estimates fared; no line for a model that was never estimated. */
export function phraseEstimate(definition: ModelDefinition, state: ModelState): string[] {
  const { now, why, points, record, figures } = estimateView(definition, state);
  if (points.length === 0) return [];
  const stated = now === null ? `no estimate without labels: ${why}` : `${now.status}: ${now.why}`;
  return [stated, ...(figures === null ? [] : beside(figures)), record];
}

/** 'also expected: Accuracy 0.812 (0.801 to 0.823); …', and the confusion matrix in a line. */
function beside({ rows, confusion }: EstimateFigures): string[] {
  const metrics = rows.map(({ name, value, band }) => `${name} ${value} (${band})`).join('; ');
  const cells = confusion?.rows.flatMap(({ actual, cells }) =>
    cells.map(({ share, band }, index) => `${actual} called ${confusion.called[index]} ${share} (${band})`),
  );
  return [
    `expected before labels: ${metrics}`,
    ...(cells === undefined || cells.length > MOST_CELLS ? [] : [`of all rows: ${cells.join('; ')}`]),
  ];
}
