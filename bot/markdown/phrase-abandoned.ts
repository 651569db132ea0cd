import type { AbandonedWork } from '../../pipelines/core/schema/model-state.ts';
import { markdownText } from './markdown-text.ts';

/** Why no run came to a judgement, with a link to the newest of them. */
export function phraseAbandoned({ problem, run }: AbandonedWork): string {
  const link = run === null ? '' : ` ([run](${run}))`;
  return `${markdownText(problem, 300)}${link}.`;
}
