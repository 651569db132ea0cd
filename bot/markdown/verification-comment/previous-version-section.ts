import type { ShadowComparison } from '../../../pipelines/core/schema/shadow-comparison.ts';
import { metricDigits, metricName, phraseEstimate } from '../../../pipelines/core/views/phrase-metric.ts';
import { phraseChange, phraseInterval } from '../../../pipelines/core/views/phrase-number.ts';
import { markdownText } from '../markdown-text.ts';
import { table } from '../table.ts';

/** The version before the champion on the same rows, and by how much the champion is better; nothing when they were not compared. */
export function previousVersionSection(champion: string, comparison: ShadowComparison | undefined): readonly string[] {
  if (comparison === undefined) return [];
  const { version, estimate, improvement, interval, why } = comparison;
  if (improvement === null) return [`${version} could not be compared on the same rows: ${markdownText(why ?? 'no figure', 200)}`];
  const digits = metricDigits(estimate.metric, estimate.value);
  const sure = interval === null ? ' (no interval)' : ` (${phraseInterval(interval, digits)})`;
  return [
    `${version} on the same rows, scored by Holdfast; the improvement is signed so that positive means that ${champion} is better:`,
    table(
      [{ title: '' }, { title: version, align: 'right' }, { title: 'improvement', align: 'right' }],
      [[metricName(estimate.metric), phraseEstimate(estimate), `${phraseChange(improvement, digits)}${sure}`]],
    ),
  ];
}
