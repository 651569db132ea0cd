import { durationSeconds } from '../../../pipelines/core/schema/duration.ts';
import type { GateVerdict } from '../../../pipelines/core/schema/gate-verdict.ts';
import { addSeconds, type Instant } from '../../../pipelines/core/schema/instant.ts';
import type { ModelDefinition } from '../../../pipelines/core/schema/model-definition.ts';
import { phraseDay } from '../../../pipelines/core/views/phrase-instant.ts';
import { codeSpan } from '../code-span.ts';
import { gateSection } from '../gate-report/gate-section.ts';
import { markdownText } from '../markdown-text.ts';

/** What a retraining ended with when it did not end with a merge. */
export interface RefusalFacts {
  readonly definition: ModelDefinition;
  readonly version: string;
  readonly champion: string | null;
  /** In words, when no verdict tells it: the verdict speaks of something else. */
  readonly problem: string | null;
  readonly verdict: GateVerdict | null;
  readonly runUrl: string | null;
  readonly requestedAt: Instant;
  readonly issues: readonly number[];
}

/** The comment that closes a retraining pull request: why, what stays, what comes next. */
export function renderRefusalComment(facts: RefusalFacts): string {
  const reason = facts.problem ?? facts.verdict?.summary ?? 'the gate failed';
  const run = facts.runUrl === null ? '' : ` ([run](${facts.runUrl}))`;
  const stays = facts.issues.length === 0 ? '' : ` ${facts.issues.map((number) => `#${number}`).join(', ')} stays open.`;
  const until = addSeconds(facts.requestedAt, durationSeconds(facts.definition.retraining.cooldown));
  return [
    `**${facts.version} is not promoted: ${markdownText(reason, 300)}**${run}`,
    `${facts.champion === null ? 'Nothing' : facts.champion} goes on serving.${stays}`,
    `Next: the policy may propose a challenger on newer labels after ${phraseDay(until)}; ${codeSpan('/holdfast retrain')} asks earlier. Meanwhile look at the features that drifted.`,
    facts.verdict === null ? '' : gateSection(facts.verdict),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}
