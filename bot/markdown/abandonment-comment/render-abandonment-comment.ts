import { nextAttemptAt } from '../../../pipelines/core/decisions/next-attempt.ts';
import type { ModelDefinition } from '../../../pipelines/core/schema/model-definition.ts';
import type { AbandonedWork, ModelState } from '../../../pipelines/core/schema/model-state.ts';
import { phraseDay } from '../../../pipelines/core/views/phrase-instant.ts';
import { codeSpan } from '../code-span.ts';
import { bullets } from '../join-sections.ts';
import { phraseAbandoned } from '../phrase-abandoned.ts';

/** A retraining whose runs came to no judgement. */
export interface AbandonmentFacts {
  readonly definition: ModelDefinition;
  readonly version: string;
  readonly champion: string | null;
  readonly work: AbandonedWork;
  /** Up to and with this one: they decide when the policy tries again. */
  readonly proposals: ModelState['proposals'];
  readonly issues: readonly number[];
}

/** The comment that closes a retraining pull request whose runs could not be finished: what happened, what it does not mean, what to do now. */
export function renderAbandonmentComment(facts: AbandonmentFacts): string {
  const { version, champion, work, issues, proposals, definition } = facts;
  const stays = issues.length === 0 ? '' : ` ${issues.map((number) => `#${number}`).join(', ')} stays open.`;
  const until = nextAttemptAt(proposals, definition.retraining.cooldown);
  const alone = until === null ? '' : ` Without that, the policy may propose again after ${phraseDay(until)}.`;
  return [
    `**${version} could not be finished: ${phraseAbandoned(work)}**`,
    `That is no judgement on ${version}: no gate refused it, and it counts neither towards the cooldown nor towards the budget. ${champion ?? 'Nothing'} goes on serving.${stays}`,
    bullets([
      'Open the run and read the step that failed. A line with an error code, and exit code 2, mean that the definition or the data is at fault; anything else is the runner, the network or the host.',
      `Repair it, then comment ${codeSpan('/holdfast retrain')}: that starts a new challenger at once.${alone}`,
    ]),
  ].join('\n\n');
}
