import { durationSeconds } from '../../../pipelines/core/schema/duration.ts';
import { addSeconds } from '../../../pipelines/core/schema/instant.ts';
import { phraseDay } from '../../../pipelines/core/views/phrase-instant.ts';
import { metricName } from '../../../pipelines/core/views/phrase-metric.ts';
import { bullets, section } from '../join-sections.ts';
import type { IncidentFacts } from './incident-facts.ts';

/** What an estimate is, what it assumes, when labels decide, and how such estimates have fared: only for incidents of estimated performance. */
export function whatAnEstimateIs({ definition, incident, champion, estimates }: IncidentFacts): string {
  if (incident.kind !== 'estimated-performance') return '';
  const version = incident.latest.modelVersion ?? champion ?? 'the champion';
  const due = addSeconds(incident.latest.window.end, durationSeconds(definition.labels.delay));
  const name = metricName(incident.subject);
  return section(
    'What this estimate is',
    bullets([
      `**Nobody has measured this.** The labels of these rows are not in. Each row counts as as much of a right call as rows with its score were in the reference of ${version} (confidence-based performance estimation); the band holds chance in the labels to come and in that reference.`,
      'It assumes that a score still means what it meant there (no concept drift). It sees inputs on which the model is less sure, not a world in which the same input has another answer: the truth may be better or worse.',
      `The labels of the newest of these rows are due by ${phraseDay(due)}; then realised ${name} decides.`,
      estimates.sentence,
    ]),
  );
}
