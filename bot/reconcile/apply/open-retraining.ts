import type { EffectOf } from '../../effects/github-effect.ts';
import { isOwn, renderMarked } from '../../effects/marker.ts';
import type { ApplyContext } from '../apply-effects.ts';
import type { EffectOutcome } from '../effect-outcome.ts';
import { RETRAIN_WORKFLOW } from '../read-runs.ts';
import { prepareBranch } from './prepare-branch.ts';

/** Branch with the training spec, one pull request, one training run: each is looked for before it is made. */
export async function openRetraining(effect: EffectOf<'open-retraining'>, context: ApplyContext): Promise<EffectOutcome> {
  const { host, repository } = context;
  const { kind, key, version } = effect;
  const done = { kind, key, subject: version, settles: null } as const;
  const headSha = await prepareBranch(effect, host, repository);
  if (headSha === null) return { ...done, result: 'blocked', number: null, runId: null };
  const number = await ensureOwnPull(effect, context);
  if (number === null) return { ...done, result: 'blocked', number: null, runId: null };
  const known = (await host.runs(RETRAIN_WORKFLOW)).find((run) => run.title === effect.runTitle);
  if (known !== undefined) return { ...done, result: 'adopted', number, runId: known.id };
  const inputs = { ...effect.inputs, head_sha: headSha };
  const runId = await host.dispatch({ workflow: RETRAIN_WORKFLOW, ref: repository.defaultBranch, inputs });
  return { ...done, result: 'created', number, runId };
}

/** The open pull request of a branch, made when there is none; null when the one that is open is not the bot's. */
export async function ensureOwnPull(
  wanted: { readonly key: string; readonly branch: string; readonly title: string; readonly text: string },
  { host, repository, signing }: ApplyContext,
): Promise<number | null> {
  const open = (await host.pullsOf(wanted.branch)).find((pull) => pull.state === 'open');
  const expected = { key: wanted.key, trustedAuthors: repository.trustedAuthors };
  if (open !== undefined) return isOwn(open, expected, signing) ? open.number : null;
  const body = renderMarked({ key: wanted.key, nonce: null, text: wanted.text }, signing);
  const made = await host.createPull({ title: wanted.title, body, head: wanted.branch, base: repository.defaultBranch });
  return made.number;
}
