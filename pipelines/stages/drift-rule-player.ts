import { binCounts } from '../core/profile/binning.ts';
import { addSeconds, type Instant } from '../core/schema/instant.ts';
import type { ReferenceProfile } from '../core/schema/reference-profile.ts';
import type { WindowProfile } from '../core/schema/window-profile.ts';
import { populationStabilityIndex } from '../core/statistics/distances/population-stability-index.ts';
import type { Player, PlayerSetting } from './policy-player.ts';
import { readReference } from './read-reference.ts';
import { openBlindTrainer, type Timer } from './schedule-player.ts';

/**
 * The rule of thumb that many monitors ship: retrain and deploy, without a gate, once the population stability index of any feature in the
 * newest window exceeds `level` (commonly .25), at most once in `seconds`. A peer to be measured against; nothing decides by it.
 */
export function driftRulePlayer(setting: PlayerSetting, rule: Timer & { readonly level: number }): Player {
  const { definition, log } = setting.workshop;
  const blind = openBlindTrainer(setting);
  const features = definition.columns.filter(({ role }) => role === 'feature').map(({ name }) => name);
  let free = rule.from;
  let alarms = 0;
  return {
    line: setting.line,
    incidents: () => alarms,
    trainings: blind.trainings,
    promotions: blind.trainings,
    async step(asOf) {
      const { reference } = await readReference(setting.repository, definition.name, blind.serving());
      const window = { start: addSeconds(asOf, -reference.windowSeconds), end: asOf };
      const [profile] = await log.profile([window], reference.grids, asOf);
      const moved = profile === undefined ? [] : movedFeatures({ reference, profile, features }, rule.level);
      if (moved.length === 0) return [];
      alarms += 1;
      if (asOf < free || !(await blind.retrain(asOf))) return [];
      free = nextFree(asOf, rule);
      return [`retrained: ${blind.serving()} after ${moved.join(', ')}`];
    },
  };
}

function nextFree(asOf: Instant, { seconds }: Timer): Instant {
  return addSeconds(asOf, seconds);
}

function movedFeatures(
  of: { readonly reference: ReferenceProfile; readonly profile: WindowProfile; readonly features: readonly string[] },
  level: number,
): string[] {
  const { reference, profile, features } = of;
  return features.filter((name) => {
    const [before, after, binning] = [reference.profile.columns[name], profile.columns[name], reference.binnings[name]];
    if (before === undefined || after === undefined || binning === undefined || before.rows === 0 || after.rows === 0) return false;
    return populationStabilityIndex(binCounts(before, binning).counts, binCounts(after, binning).counts).value > level;
  });
}
