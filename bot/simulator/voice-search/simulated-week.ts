import { addSeconds, type Instant } from '../../../pipelines/core/schema/instant.ts';
import { type SeededRandom, seededRandom } from '../../../pipelines/core/statistics/distributions/seeded-random.ts';
import { oneOf, standardNormal, uniform, weightedPlace } from './draw.ts';
import { drawQuery, type SimulatedQuery } from './simulated-query.ts';
import {
  ANNOTATOR_ERROR,
  ANNOTATORS,
  FIRST_DAY,
  HOUR_WEIGHTS,
  INTENTS,
  type Intent,
  LABEL_DAYS,
  LABELLED_SHARE,
  QUERIES_A_DAY,
  SECOND_OPINION_SHARE,
} from './world.ts';

/** A query with its place in the log. */
export interface LoggedQuery extends SimulatedQuery {
  readonly id: string;
  readonly at: Instant;
  /** How long the answer took, milliseconds. */
  readonly latencyMs: number;
}

/** What an annotator says that a query wanted. */
export interface LoggedLabel {
  readonly id: string;
  readonly intent: Intent;
  readonly at: Instant;
  readonly annotator: string;
}

export interface DrawnWeek {
  /** In order of time. */
  readonly queries: readonly LoggedQuery[];
  /** Of consenting speakers only; some queries have two. */
  readonly labels: readonly LoggedLabel[];
}

const SECONDS_PER_DAY = 86_400;

/** A week of queries; weeks count from 1. The same week is the same for ever: each day has a seed of its own. */
export function drawWeek(number: number): DrawnWeek {
  const days = Array.from({ length: 7 }, (_, index) => drawDay((number - 1) * 7 + index));
  return { queries: days.flatMap(({ queries }) => queries), labels: days.flatMap(({ labels }) => labels) };
}

function drawDay(day: number): DrawnWeek {
  const random = seededRandom(20_250_106 + day);
  const count = Math.round((QUERIES_A_DAY[day % 7] ?? 0) * (1 + 0.04 * standardNormal(random)));
  const seconds = Array.from({ length: count }, () => 3600 * weightedPlace(HOUR_WEIGHTS, random) + random.below(3600)).sort(
    (a, b) => a - b,
  );
  const queries = seconds.map(
    (second, index): LoggedQuery => ({
      ...drawQuery(day, random),
      id: `q${String(day).padStart(3, '0')}-${String(index).padStart(5, '0')}`,
      at: addSeconds(FIRST_DAY, day * SECONDS_PER_DAY + second),
      latencyMs: Math.round(10 * 38 * Math.exp(0.35 * standardNormal(random))) / 10,
    }),
  );
  return { queries, labels: queries.flatMap((query) => drawLabels(query, random)) };
}

function drawLabels(query: LoggedQuery, random: SeededRandom): LoggedLabel[] {
  if (!query.consent || uniform(random) >= LABELLED_SHARE) return [];
  const [first, second] = [random.below(ANNOTATORS.length), 1 + random.below(ANNOTATORS.length - 1)];
  const label = (annotator: number): LoggedLabel => ({
    id: query.id,
    intent: uniform(random) < ANNOTATOR_ERROR ? oneOf(INTENTS, random) : query.intent,
    at: addSeconds(query.at, oneOf(LABEL_DAYS, random) * SECONDS_PER_DAY),
    annotator: ANNOTATORS[annotator % ANNOTATORS.length] ?? '',
  });
  const isSeenTwice = uniform(random) < SECOND_OPINION_SHARE;
  return isSeenTwice ? [label(first), label(first + second)] : [label(first)];
}
