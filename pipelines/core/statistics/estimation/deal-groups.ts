import { seededRandom } from '../distributions/seeded-random.ts';
import type { LabelledGroups } from './calibration-map.ts';

/**
 * Deals the rows of labelled groups into parts at random, as a hash of their ids would, for rows of which only counts are known.
 *
 * The seed is the whole chance: the same counts give the same parts on every machine. O(rows).
 *
 * @example dealGroups({ scores: [0.5], positives: [2], negatives: [0] }, { parts: 1, seed: 1 }); // => [{ scores: [0.5], positives: [2], negatives: [0] }]
 */
export function dealGroups(groups: LabelledGroups, into: { readonly parts: number; readonly seed: number }): LabelledGroups[] {
  const random = seededRandom(into.seed);
  const scores = Array.from(groups.scores);
  const empty = () => scores.map(() => 0);
  const parts = Array.from({ length: into.parts }, () => ({ scores, positives: empty(), negatives: empty() }));
  for (const side of ['positives', 'negatives'] as const) {
    for (const at of scores.keys()) {
      for (let dealt = 0; dealt < (groups[side][at] ?? 0); dealt += 1) {
        const counts = parts[random.below(into.parts)]?.[side];
        if (counts !== undefined) counts[at] = (counts[at] ?? 0) + 1;
      }
    }
  }
  return parts.map(({ positives, negatives }) => {
    const used = scores.flatMap((_, at) => ((positives[at] ?? 0) + (negatives[at] ?? 0) > 0 ? [at] : []));
    const of = (values: readonly number[]) => used.map((at) => values[at] ?? 0);
    return { scores: of(scores), positives: of(positives), negatives: of(negatives) };
  });
}
