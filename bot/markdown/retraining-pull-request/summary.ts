import type { ContenderRow } from '../../../pipelines/core/views/contender-table.ts';
import { contenderTable } from '../../../pipelines/core/views/contender-table.ts';
import { phraseWindow } from '../../../pipelines/core/views/phrase-instant.ts';
import { phraseChange, phraseCount, phraseInterval } from '../../../pipelines/core/views/phrase-number.ts';
import { markdownText } from '../markdown-text.ts';
import type { RetrainingStage, RetrainingTextFacts } from './retraining-text-facts.ts';

const STAGE_LINES: Readonly<Record<RetrainingStage, string>> = {
  training: '○ **Training.** Nothing to review yet.',
  judging: '○ **Trained; the gate is judging.** Nothing to approve yet.',
  passed: '✓ **The gate passed. Approving and merging makes {version} the champion.**',
  failed: '✕ **The gate failed. Not for merging.**',
  'needs-human': '▲ **The gate could not decide. A person must look; it is not a pass.**',
  abandoned: '▲ **Not judged: its runs could not be finished. Not for merging.**',
};

/** The first lines: may it be merged, how much better, on which rows. */
export function retrainingSummary(facts: RetrainingTextFacts): string {
  const { version } = facts.request.spec;
  const stage = STAGE_LINES[facts.stage].replace('{version}', version);
  return [stage, attemptLine(facts), improvementLine(facts), treatsLine(facts)].filter((line) => line !== '').join('\n\n');
}

function attemptLine({ stage, problem, failedRuns }: RetrainingTextFacts): string {
  if (stage === 'abandoned') return problem === null ? '' : `Why: ${markdownText(problem, 300)}.`;
  if (failedRuns === 0 || (stage !== 'training' && stage !== 'judging')) return '';
  return `Attempt ${failedRuns + 1}: the run before ended without a result.`;
}

function improvementLine({ definition, evaluation, request }: RetrainingTextFacts): string {
  if (evaluation === null) return '';
  const { metric } = definition.monitoring.performance;
  const row = contenderTable(evaluation).find((candidate) => candidate.metric === metric);
  const rows = `${phraseCount(evaluation.heldOut.rows)} labelled rows of ${phraseWindow(evaluation.heldOut.range)}, seen in training by neither`;
  if (row?.comparison?.improvement == null || row.comparison.interval === null) {
    return `${request.spec.version} could not be compared with the champion on ${rows}.`;
  }
  const { improvement, interval } = row.comparison;
  const sure = `${interval.level * 100} % interval ${phraseInterval(interval, row.digits)}`;
  return `${OUTCOMES[row.outcome]} ${row.name} ${phraseChange(improvement, row.digits)} against ${request.spec.champion ?? 'nothing'} (${sure}), on ${rows}.`;
}

const OUTCOMES: Readonly<Record<ContenderRow['outcome'], string>> = {
  better: '**Better:**',
  worse: '**Worse:**',
  'no clear difference': '**No clear difference:**',
  'not compared': '**Not compared:**',
};

function treatsLine({ issues }: RetrainingTextFacts): string {
  // Not a closing keyword: the incident closes on recovery, not on merge.
  return issues.length === 0 ? '' : `For ${issues.map((number) => `#${number}`).join(', ')}.`;
}
