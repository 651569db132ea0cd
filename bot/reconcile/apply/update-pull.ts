import type { EffectOf } from '../../effects/github-effect.ts';
import { renderMarked } from '../../effects/marker.ts';
import type { ApplyContext } from '../apply-effects.ts';
import type { EffectOutcome } from '../effect-outcome.ts';

/** Rewrites title and text of the bot's own pull request. */
export async function updatePull(effect: EffectOf<'edit-pull'>, { host, signing }: ApplyContext): Promise<EffectOutcome> {
  const { kind, key, number, title, text } = effect;
  await host.updatePull(number, { title, body: renderMarked({ key, nonce: null, text }, signing) });
  return { kind, key, number, result: 'updated', runId: null, subject: null, settles: null };
}
