import type { HostComment } from '../../effects/code-host.ts';
import type { EffectOf } from '../../effects/github-effect.ts';
import { fingerprintOf, isOwn, parseMarker, renderMarked } from '../../effects/marker.ts';
import type { ApplyContext } from '../apply-effects.ts';
import type { EffectOutcome } from '../effect-outcome.ts';

/** One comment by its key: written once, edited when its text changed, else left alone. */
export async function ensureComment(
  effect: EffectOf<'ensure-comment'>,
  { host, repository, signing }: ApplyContext,
): Promise<EffectOutcome> {
  const { kind, key, number, settles, text } = effect;
  const done = { kind, key, number, runId: null, subject: null, settles } as const;
  const expected = { key, trustedAuthors: repository.trustedAuthors };
  const own = (await host.comments(number)).find((comment: HostComment) => isOwn(comment, expected, signing));
  const body = renderMarked({ key, nonce: null, text }, signing);
  if (own === undefined) {
    await host.createComment(number, body);
    return { ...done, result: 'created' };
  }
  if (parseMarker(own.body, signing)?.fingerprint === fingerprintOf(text)) return { ...done, result: 'unchanged' };
  await host.updateComment(own.id, body);
  return { ...done, result: 'updated' };
}
