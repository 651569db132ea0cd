import type { EffectOf } from '../../effects/github-effect.ts';
import type { ApplyContext } from '../apply-effects.ts';
import type { EffectOutcome } from '../effect-outcome.ts';
import { ensureOwnPull } from './open-retraining.ts';
import { prepareBranch } from './prepare-branch.ts';

/** Branch with the earlier deployment, and one pull request. */
export async function openRollback(effect: EffectOf<'open-rollback'>, context: ApplyContext): Promise<EffectOutcome> {
  const { kind, key, settles } = effect;
  const tip = await prepareBranch(effect, context.host, context.repository);
  const number = tip === null ? null : await ensureOwnPull(effect, context);
  return { kind, key, number, result: number === null ? 'blocked' : 'created', runId: null, subject: null, settles };
}
