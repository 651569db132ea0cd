import { OutsideError } from '../../../pipelines/core/errors/outside-error.ts';
import type { EffectOf } from '../../effects/github-effect.ts';
import { isOwn, renderMarked } from '../../effects/marker.ts';
import type { ApplyContext } from '../apply-effects.ts';
import type { EffectOutcome } from '../effect-outcome.ts';
import { findPendingIssue } from '../find-pending-issue.ts';

/** Makes an issue once, or edits it. A creation that was interrupted is looked for by number before it is repeated. */
export async function ensureIssue(effect: EffectOf<'ensure-issue'>, context: ApplyContext): Promise<EffectOutcome> {
  const { kind, key, incident: subject } = effect;
  const done = { kind, key, subject, runId: null, settles: null } as const;
  if (effect.number !== null) {
    await context.host.updateIssue(effect.number, { title: effect.title, body: bodyOf(effect, context), state: 'open' });
    return { ...done, result: 'updated', number: effect.number };
  }
  const found = await findInterrupted(effect, context);
  return found === null
    ? { ...done, result: 'created', number: await create(effect, context) }
    : { ...done, result: 'adopted', number: found };
}

async function findInterrupted(effect: EffectOf<'ensure-issue'>, context: ApplyContext): Promise<number | null> {
  if (effect.intent === null || !context.interrupted.has(effect.key)) return null;
  const wanted = { key: effect.key, ...effect.intent, trustedAuthors: context.repository.trustedAuthors };
  return (await findPendingIssue(context.host, wanted, context.signing))?.number ?? null;
}

async function create(effect: EffectOf<'ensure-issue'>, { host, repository, signing, ...context }: ApplyContext): Promise<number> {
  const body = bodyOf(effect, { ...context, host, repository, signing });
  const { number } = await host.createIssue({ title: effect.title, body, labels: effect.labels });
  const stands = await host.issue(number);
  const expected = { key: effect.key, trustedAuthors: repository.trustedAuthors };
  if (stands !== null && isOwn(stands, expected, signing)) return number;
  throw new OutsideError({
    code: 'ISSUE_UNVERIFIED',
    message: `issue #${number} was made, but cannot be read back as the bot's own`,
    hint: 'check that the bot’s login is among its trusted authors',
    retryable: true,
  });
}

function bodyOf({ key, text, intent }: EffectOf<'ensure-issue'>, { signing }: ApplyContext): string {
  return renderMarked({ key, nonce: intent?.nonce ?? null, text }, signing);
}
