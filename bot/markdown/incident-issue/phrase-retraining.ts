import { phraseDay } from '../../../pipelines/core/views/phrase-instant.ts';
import { markdownText } from '../markdown-text.ts';
import { phraseAbandoned } from '../phrase-abandoned.ts';
import type { IncidentRetraining } from './incident-facts.ts';

/** What became of a retraining that ended: 'v3 (#5, asked for on 7 Jun 2001) was not promoted: 1 check failed.' One still open at that time is told so. */
export function phraseRetraining(retraining: IncidentRetraining): string {
  const { version, askedAt, pullRequest } = retraining;
  const name = `${version} (${pullRequest === null ? '' : `#${pullRequest}, `}asked for on ${phraseDay(askedAt)})`;
  switch (retraining.outcome) {
    case 'promoted':
      return `${name} was promoted${retraining.mergedAt === null ? '' : ` on ${phraseDay(retraining.mergedAt)}`}.`;
    case 'refused':
      return `${name} was not promoted: ${markdownText(retraining.why, 300)}`;
    case 'abandoned':
      return `${name} was not judged: ${retraining.work === null ? 'its runs could not be finished.' : phraseAbandoned(retraining.work)}`;
    case 'open':
      return `${name} had not ended yet; its pull request tells what became of it.`;
  }
}
