import type { ModelDefinition } from '../../../pipelines/core/schema/model-definition.ts';
import type { ModelState } from '../../../pipelines/core/schema/model-state.ts';
import { phraseDay } from '../../../pipelines/core/views/phrase-instant.ts';
import { codeSpan } from '../code-span.ts';

/** What the merge did: the new champion, its tags, what happens next, the way back. */
export function renderPromotionComment(
  promotion: ModelState['promotions'][number],
  tags: readonly string[],
  definition: ModelDefinition,
): string {
  const { version, previous } = promotion;
  const back = previous === null ? '' : ` Back to ${previous}: ${codeSpan(`holdfast rollback ${definition.name} ${previous}`)}.`;
  return [
    `**${version} is the champion of ${definition.name}** since ${phraseDay(promotion.at)}${previous === null ? '' : `; it was ${previous}`}. Tags: ${tags.map((tag) => codeSpan(tag)).join(', ')}.`,
    `Next: ${definition.rollout.verifyWindows} labelled windows are compared with the promise; the result is commented here.${back}`,
  ].join('\n\n');
}
