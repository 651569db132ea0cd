import type { ModelState } from '../../pipelines/core/schema/model-state.ts';
import type { StateSnapshot } from '../../pipelines/ports/state-store.ts';
import type { GitHubEffect } from '../effects/github-effect.ts';
import { planEffects } from '../effects/plan-effects.ts';
import { planIncidentIssues } from '../effects/plan-incidents.ts';
import type { PlanInput } from '../effects/plan-input.ts';
import { applyEffect } from './apply-effects.ts';
import { commitOutcomes, commitPrepared } from './commit-run.ts';
import type { EffectOutcome } from './effect-outcome.ts';
import { foldOutcome } from './fold-outcome.ts';
import { isHeldByAnother } from './lease.ts';
import { type PreparedRun, prepareRun } from './prepare-run.ts';
import type { ReconcileInput, Reconciliation } from './reconcile-input.ts';

const ATTEMPTS = 5;

/**
 * One pass over one model: read the desired and the actual state, look at the log, decide, write down what is intended, do it on the
 * code host, write down what came of it. Level-triggered and crash-safe: run twice, it writes once; interrupted anywhere, the next
 * run finds what was done and does the rest.
 *
 * Throws a UserError for a broken definition or version, an OutsideError when the host or the log fails; what was done until then is kept.
 */
export async function reconcile(input: ReconcileInput): Promise<Reconciliation> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const snapshot = await input.state.read();
    const { shell, clock, logger } = input;
    if (isHeldByAnother(snapshot.index.lease, { holder: shell.holder, wall: clock.wall(), seconds: shell.leaseSeconds })) {
      logger.info('another shell holds the lease', { holder: snapshot.index.lease?.holder });
      return { standing: 'lease-held', decisions: [], applied: [], report: null };
    }
    const prepared = await prepareRun(snapshot, input);
    if (prepared === null) return { standing: 'not-deployed', decisions: [], applied: [], report: null };
    const committed = await commitPrepared(snapshot, prepared, input);
    if (committed === null) continue;
    const applied = await act(committed, prepared, input);
    return { standing: 'acted', decisions: prepared.decisions, applied, report: prepared.report };
  }
  input.logger.warn('the state branch kept moving; the next run tries again', { attempts: ATTEMPTS });
  return { standing: 'lease-held', decisions: [], applied: [], report: null };
}

/**
 * Applies the plan and keeps what was done, even when a later effect fails. New issues come first, because other texts name their
 * numbers; texts of issues come last, because they name the pull request.
 */
async function act(committed: StateSnapshot, prepared: PreparedRun, input: ReconcileInput): Promise<EffectOutcome[]> {
  const outcomes: EffectOutcome[] = [];
  const standing = () => planInput(prepared, outcomes.reduce(foldOutcome, prepared.state));
  try {
    const creations = planIncidentIssues(standing()).filter((effect) => effect.kind === 'ensure-issue' && effect.number === null);
    await applyAll(creations, outcomes, prepared, input);
    await applyAll(
      planEffects(standing()).filter(({ kind }) => kind !== 'ensure-issue'),
      outcomes,
      prepared,
      input,
    );
    const written = new Set(creations.map(({ fingerprint }) => fingerprint));
    await applyAll(
      planIncidentIssues(standing()).filter(({ fingerprint }) => !written.has(fingerprint)),
      outcomes,
      prepared,
      input,
    );
  } finally {
    await commitOutcomes(committed, outcomes, input);
  }
  return outcomes;
}

async function applyAll(
  effects: readonly GitHubEffect[],
  outcomes: EffectOutcome[],
  prepared: PreparedRun,
  input: ReconcileInput,
): Promise<void> {
  const { repository } = prepared.facts;
  const context = { host: input.host, repository, signing: prepared.signing, interrupted: prepared.interrupted };
  for (const effect of effects) {
    const outcome = await applyEffect(effect, context);
    input.logger.info('applied', { kind: outcome.kind, key: outcome.key, result: outcome.result, number: outcome.number });
    outcomes.push(outcome);
  }
}

function planInput(prepared: PreparedRun, state: ModelState): PlanInput {
  const { definition, facts, signing, replies, asOf } = prepared;
  return { definition, state, facts, signing, replies, asOf };
}
