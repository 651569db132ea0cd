import { businessReport } from '../core/business/business-report.ts';
import type { BusinessReport } from '../core/schema/business-report.ts';
import { durationSeconds } from '../core/schema/duration.ts';
import type { ModelDefinition } from '../core/schema/model-definition.ts';
import type { ReferenceProfile } from '../core/schema/reference-profile.ts';
import type { Window } from '../core/schema/window.ts';
import type { LabelShelf } from './label-shelf.ts';
import type { PerformanceHistory } from './performance-history.ts';

const SECONDS_PER_DAY = 86_400;

/** The business report of one window; null for a model without a value matrix. */
export function moneyOf(material: {
  readonly definition: ModelDefinition;
  readonly reference: ReferenceProfile;
  readonly window: Window;
  readonly rows: number;
  readonly shelf: LabelShelf;
  readonly history: PerformanceHistory;
}): BusinessReport | null {
  const { definition, reference, window, rows, shelf, history } = material;
  const pool = history.pool(window);
  if (definition.businessValue === undefined) return null;
  return businessReport({
    definition,
    window,
    cube: shelf.merged(window),
    trailing: pool === null ? null : shelf.merged(pool),
    pool: pool === null ? [] : shelf.champion(pool),
    promised: reference.labels.labelled === 0 ? null : reference.labels,
    rowsPerDay: (rows * SECONDS_PER_DAY) / durationSeconds(definition.monitoring.window),
  });
}
