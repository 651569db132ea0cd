import { durationSeconds } from '../schema/duration.ts';
import { addSeconds, type Instant } from '../schema/instant.ts';
import { phraseInstant } from './phrase-instant.ts';
import type { ModelSource } from './site-source.ts';

/** How old a model's data is. All instants are absolute, so that the sentence stays true after the build. */
export interface Freshness {
  readonly dataUntil: Instant | null;
  readonly builtAt: Instant;
  /** When the next window should be on the page; null when nothing is expected. */
  readonly nextExpected: Instant | null;
  readonly stale: boolean;
  readonly sentence: string;
}

/**
 * The next window ends one window after the watermark, is complete after the log's lateness and may take one more
 * window to be published; after that the page accuses itself. A watermark of null is stale when something is deployed.
 */
export function freshnessOf(model: ModelSource, builtAt: Instant): Freshness {
  const dataUntil = model.state?.watermark ?? null;
  if (dataUntil === null) {
    const sentence = model.deployment === null ? 'No data: nothing is deployed.' : 'No data has been reported yet.';
    return { dataUntil, builtAt, nextExpected: null, stale: model.deployment !== null, sentence };
  }
  const window = durationSeconds(model.definition.monitoring.window);
  const nextExpected = addSeconds(dataUntil, 2 * window + durationSeconds(model.definition.logs.lateness));
  const stale = builtAt > nextExpected;
  const sentence = stale
    ? `Data ends at ${phraseInstant(dataUntil)}; newer data was expected by ${phraseInstant(nextExpected)}.`
    : `Data to ${phraseInstant(dataUntil)}; next expected by ${phraseInstant(nextExpected)}.`;
  return { dataUntil, builtAt, nextExpected, stale, sentence };
}

/** When the whole site should have been rebuilt: the earliest expectation that is not already missed. */
export function siteExpectedBy(each: readonly Freshness[]): Instant | null {
  const expected = each.flatMap((one) => (one.nextExpected === null || one.stale ? [] : [one.nextExpected]));
  return expected.sort()[0] ?? null;
}
