import type { Decision } from '../../../pipelines/core/schema/decision.ts';
import { codeSpan } from '../code-span.ts';
import { bullets, section } from '../join-sections.ts';
import { markdownText } from '../markdown-text.ts';

type Rollback = Extract<Decision, { kind: 'propose-rollback' }>;

/** The body of the pull request that puts an earlier version back. */
export function renderRollbackPullRequest(decision: Rollback): string {
  return [
    `**Merging this puts ${decision.to} back as the champion of ${decision.model}; ${decision.version} stays in the repository.** Nothing is trained.`,
    section('Why', bullets(decision.because.map((because) => markdownText(because.text, 300)))),
    `Undo: ${codeSpan(`holdfast rollback ${decision.model} ${decision.version}`)} · decision ${codeSpan(decision.id)}`,
  ].join('\n\n');
}
