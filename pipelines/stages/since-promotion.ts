import { isVerificationDue } from '../core/decisions/is-verification-due.ts';
import { cubeMetrics } from '../core/profile/cube-metrics.ts';
import { isMature, maturityOf } from '../core/profile/maturity.ts';
import { promisedChange } from '../core/profile/promised-change.ts';
import { knownFigure, windowFigure } from '../core/profile/window-figure.ts';
import type { Instant } from '../core/schema/instant.ts';
import type { SincePromotion } from '../core/schema/monitoring-report.ts';
import type { Window } from '../core/schema/window.ts';
import type { LabelShelf } from './label-shelf.ts';
import { lagKnowledge } from './performance-history.ts';
import { promotionOf } from './promotion-of.ts';
import type { WatchInput } from './watch-input.ts';

/** What labels have shown of a champion whose promise is still to be verified; null without one. */
export async function sincePromotion(input: WatchInput, shelf: LabelShelf, watermark: Instant): Promise<SincePromotion | null> {
  const { definition, deployment, reference, asOf } = input;
  const start = promotionOf(input);
  if (start === null || start >= watermark) return null;
  const knowledge = lagKnowledge(definition, reference);
  const ripe = shelf.champion({ start, end: watermark }).filter(({ window }) => isMature(maturityOf(knowledge, window, asOf), definition));
  const range = { start, end: ripe.at(-1)?.window.end ?? start };
  const cube = shelf.merged(range);
  const starts = new Map(ripe.map(({ window }) => [window.start, window]));
  const figures = [...starts.values()].flatMap((window) => knownFigure(windowFigure(shelf.merged(window), definition)));
  const change = promisedChange(reference, definition.monitoring.performance.metric, figures);
  const since: SincePromotion = {
    version: deployment.production,
    range,
    labelledWindows: starts.size,
    metrics: cube === null ? [] : cubeMetrics(cube, definition),
    ...(change === null ? {} : { change }),
  };
  const measured = { start: ripe[0]?.window.start ?? start, end: range.end };
  return isVerificationDue(definition, since) ? { ...since, ...(await comparisonOf(input, measured)) } : since;
}

/** The previous version on the same windows. */
async function comparisonOf(input: WatchInput, range: Window): Promise<Pick<SincePromotion, 'comparison'>> {
  const { definition, deployment, state, log, asOf, shadow } = input;
  const previous = state.verification?.previous ?? null;
  if (shadow === undefined || previous === null) return {};
  const { shadowPrevious } = await import('./shadow-previous.ts');
  return { comparison: await shadowPrevious({ definition, log, champion: deployment.production, previous, range, asOf, load: shadow }) };
}
