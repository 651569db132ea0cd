import { durationSeconds } from '../core/schema/duration.ts';
import { addSeconds, type Instant } from '../core/schema/instant.ts';
import type { ModelDefinition } from '../core/schema/model-definition.ts';
import { type Window, windowsBetween } from '../core/schema/window.ts';
import type { LogCoverage } from '../ports/prediction-log.ts';

/**
 * The windows after `from` that are complete at `asOf`, oldest first. Event time decides, not the clock: a window is complete when the
 * log's watermark has passed its end. The window that the watermark lies in is complete too once the clock has passed its end by the
 * declared lateness, because no further row may appear. A log that stopped is thus reported once, with the rows it has, and then waited for.
 */
export function completeWindows(input: {
  readonly definition: ModelDefinition;
  readonly from: Instant;
  readonly coverage: LogCoverage | null;
  readonly asOf: Instant;
}): Window[] {
  const { definition, from, coverage, asOf } = input;
  if (coverage === null) return [];
  const length = durationSeconds(definition.monitoring.window);
  const lateness = durationSeconds(definition.logs.lateness);
  const reach = addSeconds(coverage.watermark, length);
  return windowsBetween({ start: from, end: reach }, length).filter(
    ({ start, end }) => end <= coverage.watermark || (start <= coverage.watermark && addSeconds(end, lateness) <= asOf),
  );
}
