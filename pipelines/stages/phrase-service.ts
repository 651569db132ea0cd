import type { ModelDefinition } from '../core/schema/model-definition.ts';
import type { ModelState } from '../core/schema/model-state.ts';
import { qualityRows } from '../core/views/quality-view.ts';
import { serviceSentence } from '../core/views/service-sentence.ts';
import { serviceView } from '../core/views/service-view.ts';

/** The newest window as lines: which statements about its data and service are alerts, and how it was served. Nothing for a model that was never watched. */
export function phraseService(definition: ModelDefinition, state: ModelState): readonly string[] {
  const newest = state.windows.at(-1);
  if (newest === undefined) return [];
  const day = newest.window.start.slice(0, 10);
  const rows = qualityRows({ state });
  const alerts = rows.filter(({ signal }) => signal.status === 'alert').map(({ what, subject }) => `${what} ${subject}`);
  const unjudged = rows.filter(({ signal }) => signal.status === 'insufficient-data').length;
  const silent = unjudged === 0 ? '' : `; ${unjudged} could not be judged`;
  const data =
    rows.length === 0
      ? 'not judged'
      : alerts.length === 0
        ? `${rows.length} statements, no alert${silent}`
        : `alert: ${alerts.join(', ')}${silent}`;
  return [`data of ${day}: ${data}`, `service of ${day}: ${serviceSentence(serviceView({ definition, state }))}`];
}
