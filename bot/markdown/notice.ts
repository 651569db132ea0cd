import type { ModelDefinition } from '../../pipelines/core/schema/model-definition.ts';
import { markdownText } from './markdown-text.ts';

/** What the owner wants said wherever the model is shown, as a quotation; empty without such a notice. */
export function noticeOf({ notice }: Pick<ModelDefinition, 'notice'>): string {
  return notice === undefined ? '' : `> ${markdownText(notice, 300)}`;
}
