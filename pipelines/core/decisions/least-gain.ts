import { durationSeconds } from '../schema/duration.ts';
import { epochSeconds, type Instant } from '../schema/instant.ts';
import type { ModelDefinition } from '../schema/model-definition.ts';
import type { ModelState } from '../schema/model-state.ts';

/** What says how much a change of version must bring. */
export type GainPolicy = Pick<ModelDefinition, 'monitoring' | 'retraining'>;

/** A champion that has served for so many cooldowns is replaced for the least gain. */
const SETTLED_COOLDOWNS = 4;

/**
 * The least gain worth a change of version, in the unit of the monitored metric: as the owner says, or a quarter of the drop that the owner would let pass. Each
 * promotion takes a review and starts a cooldown: spent on a small gain, it is not there when the world moves.
 */
export function worthwhileGain({ monitoring, retraining }: GainPolicy): number {
  return retraining.minimumGain ?? monitoring.performance.toleratedDrop / 4;
}

/**
 * The least gain worth a retraining that nothing but a trial asks for: `worthwhileGain`, and more of it in proportion while the champion is new. Four times as much right after
 * the cooldown, twice after two cooldowns, once from the fourth on, counted from the last retraining that was promoted; once before the first.
 *
 * What waiting has cost by now is about gain × time served, and a change has its price: a champion that lags by much is replaced early, one that lags by little late. The idea is that of
 * rent or buy, to change when the cost of waiting has reached the price (Karlin, Manasse, Rudolph, Sleator 1988, Competitive snoopy caching, https://doi.org/10.1007/BF01762111). Its guarantee
 * is not claimed: gains are estimates here, and a floor keeps chance from being promoted.
 */
export function leastGain(policy: GainPolicy, { proposals }: Pick<ModelState, 'proposals'>, asOf: Instant): number {
  const enough = worthwhileGain(policy);
  const last = proposals.findLast(({ outcome }) => outcome === 'promoted');
  if (last === undefined) return enough;
  const cooldown = durationSeconds(policy.retraining.cooldown);
  const served = Math.max(cooldown, epochSeconds(asOf) - epochSeconds(last.at));
  return served === 0 ? enough : enough * Math.max(1, (SETTLED_COOLDOWNS * cooldown) / served);
}
