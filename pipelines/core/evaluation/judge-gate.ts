import { digestValue } from '../digest/sha256.ts';
import type { Contender, EvaluationReport } from '../schema/evaluation-report.ts';
import type { Evidence, GateCheck, GateVerdict } from '../schema/gate-verdict.ts';
import type { Instant } from '../schema/instant.ts';
import type { ModelDefinition } from '../schema/model-definition.ts';
import { phraseCount } from '../schema/phrase-number.ts';
import { baselineChecks, budgetChecks, sampleChecks, unseenChecks } from './evidence-checks.ts';
import { fairnessChecks } from './fairness-checks.ts';
import { recalibrationRules } from './recalibration-rules.ts';
import { ruleChecks } from './rule-checks.ts';
import { sliceChecks } from './slice-checks.ts';
import { type WeighedCheck, weighCheck } from './weighed-check.ts';

export interface GateCase {
  /** Measured by the gate itself from the bytes on the branch, never the committed report. */
  readonly report: EvaluationReport;
  /** Of the base branch: a pull request does not choose the rules that it is judged by. */
  readonly definition: ModelDefinition;
  readonly evidence: Evidence;
  readonly judgedAt: Instant;
  /** The challenger is the champion with a curve over its scores: see `recalibrationRules`. Left out: false. */
  readonly isRecalibration?: boolean;
  /** Checks of the bytes on the branch (digests, changed files, rules); one that does not pass fails the gate, unless it says otherwise. */
  readonly integrity?: readonly (GateCheck & Partial<Pick<WeighedCheck, 'otherwise'>>)[];
}

/**
 * Judges the selected challenger. `fail`: a check with a definite answer did not pass, or its figure is missing. `needs-human`: nothing failed, but what would decide is
 * lacking (no champion, too few labels). `pass`: every check passed. Missing data never passes.
 */
export function judgeGate({ report, definition, evidence, judgedAt, integrity = [], isRecalibration = false }: GateCase): GateVerdict {
  const challenger = report.challengers.find(({ name }) => name === report.selected);
  const weighed = [
    ...integrity.map((check): WeighedCheck => ({ otherwise: 'fail', ...check })),
    anotherModel(evidence),
    ...(challenger === undefined ? [challengerMissing(report)] : checksOf(challenger, { report, definition, isRecalibration })),
  ];
  const failed = weighed.filter(({ passed }) => !passed);
  const verdict = failed.some(({ otherwise }) => otherwise === 'fail') ? 'fail' : failed.length > 0 ? 'needs-human' : 'pass';
  return {
    schemaVersion: 1,
    model: report.model,
    version: report.version,
    judgedAt,
    verdict,
    summary: summarise({ report, verdict, failed, total: weighed.length }),
    checks: weighed.map(({ otherwise: _, ...check }) => check),
    evidence,
    evidenceDigest: digestValue(evidence),
  };
}

function checksOf(
  challenger: Contender,
  { report, definition, isRecalibration }: Pick<GateCase, 'report' | 'definition' | 'isRecalibration'>,
): WeighedCheck[] {
  const rules = isRecalibration ? recalibrationRules(definition) : definition.gate.rules;
  return [
    ...sampleChecks(definition, report),
    ...unseenChecks(report, challenger),
    ...baselineChecks(definition.task, report, challenger),
    ...ruleChecks(rules, report, challenger),
    ...sliceChecks(definition, report),
    ...fairnessChecks(definition, report),
    ...budgetChecks(definition.gate, challenger),
  ];
}

/** A copy of the champion would reach every floor of 0. */
function anotherModel({ challenger, champion }: Evidence): WeighedCheck {
  const isCopy = challenger === champion;
  return weighCheck({
    name: 'the challenger is another model than the champion',
    metric: 'copies',
    operator: '==',
    expected: 0,
    actual: isCopy ? 1 : 0,
    why: isCopy ? 'Its bytes are those of the champion: nothing would change.' : 'Their digests differ.',
  });
}

function challengerMissing(report: EvaluationReport): WeighedCheck {
  return weighCheck({
    name: 'a challenger is selected',
    metric: 'challenger',
    operator: '==',
    expected: report.selected,
    actual: null,
    why: `The report selects ${report.selected}, which it does not hold.`,
  });
}

function summarise(of: {
  readonly report: EvaluationReport;
  readonly verdict: GateVerdict['verdict'];
  readonly failed: readonly GateCheck[];
  readonly total: number;
}): string {
  const { report, verdict, failed, total } = of;
  const who = `${report.model} ${report.version} (${report.selected})`;
  if (verdict === 'pass') return `${who} passes all ${total} checks on ${phraseCount(report.heldOut.rows)} labelled rows.`;
  const reasons = failed.map(({ name }) => name).join('; ');
  const said = verdict === 'fail' ? 'fails' : 'needs a person:';
  return `${who} ${said} ${failed.length} of ${total} checks: ${reasons}.`;
}
