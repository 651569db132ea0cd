import type { ScoredGroups } from './outcome-metrics.ts';

/**
 * A ranking metric and, per group, what one more positive or negative row there would do to it (`ifPositive`, `ifNegative`: the influence of a row
 * over the number of rows). `why` says what is missing when `value` is null.
 */
export interface RankingFigure {
  readonly metric: 'rocAuc' | 'averagePrecision';
  readonly value: number | null;
  readonly ifPositive: Float64Array;
  readonly ifNegative: Float64Array;
  readonly why: string | null;
}

/**
 * ROC AUC and average precision of rows that are positive with some probability (or surely), with the influence of each row.
 *
 * A row counts as its share of a positive and the rest of a negative; equal scores stand together: half a win in the ROC AUC, one step in
 * the average precision, so no order among ties matters. AUC is Σ over pairs c_i(1 − c_j)[s_i > s_j, ties ½] over Σc·Σ(1 − c); average
 * precision is Σ ΔTP·TP/n over the levels from the top, over ΣTP. With labels 0 and 1 they are the usual figures. With probabilities they
 * the numerators are the expected ones (a row that is positive always counts itself, hence Σ c(1 − c)/n more in the average precision), up to
 * the pairs of a row with itself in the AUC, an error below 1/(4n). O(n log n).
 *
 * @example rankingMetrics({ scores: Float64Array.of(0.1, 0.9), rows: Float64Array.of(1, 1), positive: Float64Array.of(0, 1), called: Uint8Array.of(0, 1) })[0].value; // => 1
 */
export function rankingMetrics(groups: ScoredGroups): readonly [RankingFigure, RankingFigure] {
  const order = fromTheTop(groups.scores);
  const levels = levelsFromTheTop(groups, order);
  const positives = levels.reduce((sum, level) => sum + level.positives, 0);
  const negatives = levels.reduce((sum, level) => sum + level.rows, 0) - positives;
  const context = { groups, order, levels, positives, negatives };
  return [area(context), precision(context)];
}

/** Places of the scores from the highest down, equal ones in the order given. */
function fromTheTop(scores: Float64Array): Uint32Array {
  const order = new Uint32Array(scores.length);
  if (!isAscending(scores)) {
    for (let at = 0; at < order.length; at += 1) order[at] = at;
    return order.sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0));
  }
  // Scores from counts come in order: their ranking needs no sort.
  let place = 0;
  for (let end = scores.length; end > 0; ) {
    let from = end - 1;
    while (from > 0 && scores[from - 1] === scores[end - 1]) from -= 1;
    for (let at = from; at < end; at += 1) order[place++] = at;
    end = from;
  }
  return order;
}

function isAscending(values: Float64Array): boolean {
  for (let at = 1; at < values.length; at += 1) if (!((values[at - 1] ?? 0) <= (values[at] ?? 0))) return false;
  return true;
}

interface Level {
  readonly first: number;
  readonly last: number;
  readonly rows: number;
  readonly positives: number;
  /** Variance of the number of positives: Σ c(1 − c). */
  readonly chance: number;
}

interface Ranking {
  readonly groups: ScoredGroups;
  readonly order: Uint32Array;
  readonly levels: readonly Level[];
  readonly positives: number;
  readonly negatives: number;
}

function levelsFromTheTop({ scores, rows, positive }: ScoredGroups, order: Uint32Array): Level[] {
  const levels: Level[] = [];
  let first = 0;
  let [count, positives, chance] = [0, 0, 0];
  for (let place = 0; place < order.length; place += 1) {
    const at = order[place] ?? 0;
    count += rows[at] ?? 0;
    const share = positive[at] ?? 0;
    positives += (rows[at] ?? 0) * share;
    chance += (rows[at] ?? 0) * share * (1 - share);
    const next = order[place + 1];
    if (next !== undefined && scores[next] === scores[at]) continue;
    levels.push({ first, last: place, rows: count, positives, chance });
    first = place + 1;
    count = 0;
    positives = 0;
    chance = 0;
  }
  return levels;
}

function area(ranking: Ranking): RankingFigure {
  const { levels, positives, negatives } = ranking;
  if (!(positives > 0 && negatives > 0)) {
    return without(ranking, 'rocAuc', `${positives > 0 ? 'No row is negative' : 'No row is positive'}: ranking needs both classes.`);
  }
  let [wins, above, below] = [0, 0, negatives];
  const placements = levels.map((level) => {
    const lost = level.rows - level.positives;
    below -= lost;
    wins += level.positives * (below + lost / 2);
    const placement = { beats: (below + lost / 2) / negatives, beaten: (above + level.positives / 2) / positives };
    above += level.positives;
    return placement;
  });
  const value = wins / (positives * negatives);
  const influences = placements.map(({ beats, beaten }) => ({
    ifPositive: (beats - value) / positives,
    ifNegative: (beaten - value) / negatives,
  }));
  return { metric: 'rocAuc', value, ...spread(ranking, influences), why: null };
}

function precision(ranking: Ranking): RankingFigure {
  const { levels, positives } = ranking;
  if (!(positives > 0)) return without(ranking, 'averagePrecision', 'No row is positive.');
  let [hits, counted, sum] = [0, 0, 0];
  const steps = levels.map((level) => {
    hits += level.positives;
    counted += level.rows;
    sum += (level.positives * hits + level.chance) / counted;
    return { precision: hits / counted, gain: level.positives / counted, loss: (level.positives * hits) / counted ** 2 };
  });
  const value = sum / positives;
  let [gainBelow, lossBelow] = [0, 0];
  const influences = steps
    .toReversed()
    .map((step) => {
      gainBelow += step.gain;
      lossBelow += step.loss;
      return { ifPositive: (step.precision + gainBelow - lossBelow - value) / positives, ifNegative: -lossBelow / positives };
    })
    .toReversed();
  return { metric: 'averagePrecision', value, ...spread(ranking, influences), why: null };
}

type Influence = { readonly ifPositive: number; readonly ifNegative: number };

/** The influences of levels, group by group. */
function spread({ groups, order, levels }: Ranking, influences: readonly Influence[]) {
  const [ifPositive, ifNegative] = [new Float64Array(groups.scores.length), new Float64Array(groups.scores.length)];
  for (let index = 0; index < levels.length; index += 1) {
    const [level, influence] = [levels[index], influences[index]];
    if (level === undefined || influence === undefined) continue;
    for (let place = level.first; place <= level.last; place += 1) {
      const at = order[place] ?? 0;
      ifPositive[at] = influence.ifPositive;
      ifNegative[at] = influence.ifNegative;
    }
  }
  return { ifPositive, ifNegative };
}

function without({ groups }: Ranking, metric: RankingFigure['metric'], why: string): RankingFigure {
  const nothing = new Float64Array(groups.scores.length);
  return { metric, value: null, ifPositive: nothing, ifNegative: nothing, why };
}
