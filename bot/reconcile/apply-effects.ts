import type { CodeHost, HostRepository } from '../effects/code-host.ts';
import type { EffectOf, GitHubEffect } from '../effects/github-effect.ts';
import { intentKey } from '../effects/intents.ts';
import { renderMarked, type Signing } from '../effects/marker.ts';
import { ensureComment } from './apply/ensure-comment.ts';
import { ensureIssue } from './apply/ensure-issue.ts';
import { openRetraining } from './apply/open-retraining.ts';
import { openRollback } from './apply/open-rollback.ts';
import { updatePull } from './apply/update-pull.ts';
import type { EffectOutcome } from './effect-outcome.ts';
import { GATE_WORKFLOW, RETRAIN_WORKFLOW } from './read-runs.ts';

/** What applying needs besides the effect. */
export interface ApplyContext {
  readonly host: CodeHost;
  readonly repository: HostRepository;
  readonly signing: Signing;
  /** Intents that an earlier run wrote: their creation may have happened already. */
  readonly interrupted: ReadonlySet<string>;
}

/** Carries out one effect through find, create, verify. Doing it twice does it once. Throws an OutsideError when the host fails. */
export async function applyEffect(effect: GitHubEffect, context: ApplyContext): Promise<EffectOutcome> {
  const { host, repository } = context;
  const done = { kind: effect.kind, key: effect.key, number: null, runId: null, subject: null, settles: null } as const;
  switch (effect.kind) {
    case 'ensure-issue':
      return ensureIssue(effect, context);
    case 'ensure-comment':
      return ensureComment(effect, context);
    case 'open-retraining':
      return openRetraining(effect, context);
    case 'open-rollback':
      return openRollback(effect, context);
    case 'edit-pull':
      return updatePull(effect, context);
    case 'close-issue':
      await host.updateIssue(effect.number, {
        title: effect.title,
        body: lastBody(effect, context),
        state: 'closed',
        closedAs: 'completed',
      });
      return { ...done, result: 'closed', number: effect.number, settles: effect.settles };
    case 'close-pull':
      await host.updatePull(effect.number, { state: 'closed' });
      return { ...done, result: 'closed', number: effect.number, settles: effect.settles };
    case 'dispatch-gate': {
      const runId = await host.dispatch({ workflow: GATE_WORKFLOW, ref: effect.branch, inputs: effect.inputs });
      return { ...done, result: 'dispatched', runId, subject: effect.version };
    }
    case 'dispatch-training': {
      const runId = await host.dispatch({ workflow: RETRAIN_WORKFLOW, ref: repository.defaultBranch, inputs: effect.inputs });
      return { ...done, result: 'dispatched', runId, subject: effect.version };
    }
    case 'dispatch-workflow': {
      const runId = await host.dispatch({ workflow: effect.workflow, ref: repository.defaultBranch, inputs: effect.inputs });
      return { ...done, result: 'dispatched', runId, settles: effect.settles };
    }
    case 'tag-promotion': {
      const stands = await host.ensureTags(effect.tags);
      return { ...done, result: stands ? 'created' : 'blocked', settles: effect.settles };
    }
  }
}

// The marker of the incident, not of its recovery: a relapse must know the issue as the bot's own.
function lastBody({ incident, text }: EffectOf<'close-issue'>, { signing }: ApplyContext): string {
  return renderMarked({ key: intentKey.incident(incident), nonce: null, text }, signing);
}
