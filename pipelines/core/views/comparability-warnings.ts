import { durationSeconds } from '../schema/duration.ts';
import type { EvaluationReport } from '../schema/evaluation-report.ts';
import { addSeconds } from '../schema/instant.ts';
import type { ModelDefinition } from '../schema/model-definition.ts';
import { phraseVerb } from '../schema/phrase-number.ts';
import { selectedContender } from './contender-table.ts';
import { phraseDay } from './phrase-instant.ts';
import { phraseCount, phraseQuantity } from './phrase-number.ts';

/** In which ways the figures of an evaluation do not compare like with like; empty when they do. */
export function comparabilityWarnings(report: EvaluationReport, definition: ModelDefinition): string[] {
  const warnings: string[] = [];
  const challenger = selectedContender(report);
  if (report.champion === null) warnings.push('There is no champion to compare with.');
  for (const estimate of challenger?.metrics ?? []) {
    const other = report.champion?.metrics.find((candidate) => candidate.metric === estimate.metric);
    if (other === undefined || other.sampleSize === estimate.sampleSize) continue;
    warnings.push(
      `${estimate.metric} rests on ${phraseQuantity(estimate.sampleSize, 'row')} for the challenger and ${phraseCount(other.sampleSize)} for the champion.`,
    );
  }
  if (addSeconds(report.heldOut.range.end, durationSeconds(definition.labels.delay)) > report.asOf) {
    warnings.push(`Labels of the held-out rows were not all due by ${phraseDay(report.asOf)}.`);
  }
  if (challenger?.trainedOn !== null && challenger !== null && challenger.trainedOn.range.end > report.heldOut.range.start) {
    warnings.push('The challenger was trained on rows as late as the held-out range.');
  }
  if (report.heldOut.quarantined > 0)
    warnings.push(
      `${phraseQuantity(report.heldOut.quarantined, 'held-out row')} ${phraseVerb(report.heldOut.quarantined, 'was', 'were')} set aside as unreadable.`,
    );
  return warnings;
}
