import { durationSeconds } from '../schema/duration.ts';
import { epochSeconds, type Instant } from '../schema/instant.ts';
import type { LagCurve, LagPoint } from '../schema/lag-curve.ts';
import type { ModelDefinition } from '../schema/model-definition.ts';
import type { Window } from '../schema/window.ts';

/** What is known of how late labels come: the curve that was frozen with the version, else the delay that the definition states. */
export interface LagKnowledge {
  readonly definition: ModelDefinition;
  readonly curve: LagCurve | null;
}

/** Expected share of the labels of a window that have come, of all that ever come. */
export interface Maturity {
  readonly share: number;
  /** Positives among the labels that have come, less the share of positives once all are in; null where it is not known. */
  readonly excessPositives: number | null;
}

/** Moments of a window that stand for its predictions. */
const MOMENTS = 24;
/** From here on the labels that are still to come change nothing that is shown. */
const SETTLED = 0.99;

/**
 * How many of a window's labels one may expect to be in. Predictions are taken to be spread evenly over the window; within a cell of the curve a
 * label counts as come at the cell's end, so the share is rather too small. Without a curve all labels come after the declared delay.
 */
export function maturityOf(knowledge: LagKnowledge, window: Window, asOf: Instant): Maturity {
  const [start, end, now] = [epochSeconds(window.start), epochSeconds(window.end), epochSeconds(asOf)];
  const [share = 0, yes = 0, no = 0] = [1, 4, 5].map((column) => {
    let sum = 0;
    for (let moment = 0; moment < MOMENTS; moment += 1) {
      sum += comeAfter(knowledge, now - start - ((moment + 0.5) * (end - start)) / MOMENTS, column);
    }
    return sum / MOMENTS;
  });
  const final = knowledge.curve?.positives ?? null;
  if (final === null || knowledge.curve?.points[0]?.[4] == null) return { share, excessPositives: null };
  const come = final * yes + (1 - final) * no;
  return { share, excessPositives: come === 0 ? null : (final * yes) / come - final };
}

/** Whether the labels of a window are in as far as realised performance needs them. */
export function isMature({ share }: Maturity, { labels }: ModelDefinition): boolean {
  return share >= labels.maturity;
}

/** Seconds after which nearly no label comes any more, but never less than the declared delay: so long a window is looked at again. */
export function settlingSeconds({ definition, curve }: LagKnowledge): number {
  const delay = durationSeconds(definition.labels.delay);
  const settled = curve?.points.find(([, share]) => share >= Math.max(SETTLED, definition.labels.maturity))?.[0] ?? 0;
  return Math.max(delay, settled);
}

function comeAfter({ definition, curve }: LagKnowledge, seconds: number, column: number): number {
  if (curve === null) return seconds >= durationSeconds(definition.labels.delay) ? 1 : 0;
  const point: LagPoint | undefined = curve.points.findLast(([end]) => end <= seconds);
  return point?.[column] ?? 0;
}
