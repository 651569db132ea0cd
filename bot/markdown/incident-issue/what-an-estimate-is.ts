import { durationSeconds } from '../../../pipelines/core/schema/duration.ts';
import { addSeconds } from '../../../pipelines/core/schema/instant.ts';
import { phraseDay } from '../../../pipelines/core/views/phrase-instant.ts';
import { metricName } from '../../../pipelines/core/views/phrase-metric.ts';
import { bullets, section } from '../join-sections.ts';
import { markdownText } from '../markdown-text.ts';
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
      ...(definition.task === 'regression' ? errorsOf(version) : scoresOf(version)),
      ...secondLine(incident.latest),
      `The labels of the newest of these rows are due by ${phraseDay(due)}; then realised ${name} decides.`,
      estimates.sentence,
    ]),
  );
}

function scoresOf(version: string): string[] {
  return [
    `**Nobody has measured this.** The labels of these rows are not in. Each row counts as as much of a right call as rows with its score were in the reference of ${version} (confidence-based performance estimation); the band holds chance in the labels to come and in that reference.`,
    'It assumes that a score still means what it meant there (no concept drift). It sees inputs on which the model is less sure, not a world in which the same input has another answer: the truth may be better or worse.',
  ];
}

function errorsOf(version: string): string[] {
  return [
    `**Nobody has measured this.** The labels of these rows are not in. Each row counts with the error that ${version} made on held-out rows like it (direct loss estimation); the band holds chance in the labels to come and in what was learnt from those rows.`,
    'It assumes that errors are still as large for inputs like these (no concept drift). It sees inputs on which the model errs more, not a world in which the same input has another answer: the truth may be better or worse.',
  ];
}

function secondLine({ secondOpinion }: IncidentFacts['incident']['latest']): string[] {
  return secondOpinion === undefined ? [] : [markdownText(secondOpinion.why, 600)];
}
