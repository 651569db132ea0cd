import type { Contender, EvaluationReport } from '../schema/evaluation-report.ts';
import type { GateRule } from '../schema/gate-policy.ts';
import { metricDigits, metricName } from '../schema/phrase-metric.ts';
import { phraseCount, phraseNumber, phraseQuantity } from '../schema/phrase-number.ts';
import { type WeighedCheck, weighCheck } from './weighed-check.ts';

type RelativeRule = Extract<GateRule, { kind: 'relative' }>;
type AbsoluteRule = Extract<GateRule, { kind: 'absolute' }>;

/**
 * One check per rule of model.yml, after one that there are rules at all. An absolute rule judges the estimate; a relative rule judges the lower bound of the paired
 * interval, so that luck with the rows does not promote. Without a champion a relative rule cannot be judged: a person must.
 */
export function ruleChecks(rules: readonly GateRule[], report: EvaluationReport, challenger: Contender): WeighedCheck[] {
  const stated = weighCheck({
    name: 'rules are stated',
    metric: 'rules',
    operator: '>=',
    expected: 1,
    actual: rules.length,
    why: rules.length === 0 ? 'model.yml states no gate rules: nothing may pass.' : `model.yml states ${rules.length} gate rules.`,
  });
  return [stated, ...rules.map((rule) => (rule.kind === 'absolute' ? absoluteCheck(rule, challenger) : relativeCheck(rule, report)))];
}

function absoluteCheck(rule: AbsoluteRule, challenger: Contender): WeighedCheck {
  const estimate = challenger.metrics.find(({ metric }) => metric === rule.metric);
  const value = estimate?.value ?? null;
  const name = metricName(rule.metric);
  const why =
    value === null
      ? `The challenger has no ${name}: ${estimate?.why ?? 'it was not measured.'}`
      : `${name} of the challenger is ${phraseNumber(value, metricDigits(rule.metric, value))} on ${phraseQuantity(estimate?.sampleSize ?? 0, 'row')}.`;
  return weighCheck({
    name: `${name} of the challenger`,
    metric: rule.metric,
    operator: rule.operator,
    expected: rule.value,
    actual: value,
    interval: estimate?.interval ?? null,
    why,
  });
}

function relativeCheck(rule: RelativeRule, report: EvaluationReport): WeighedCheck {
  const base = {
    name: `${metricName(rule.metric)} gained on the champion, lower bound`,
    metric: rule.metric,
    operator: '>=' as const,
    expected: rule.minimumImprovement,
  };
  if (report.champion === null) {
    return weighCheck({
      ...base,
      actual: null,
      otherwise: 'needs-human',
      why: 'There is no champion to compare with: a person must decide.',
    });
  }
  const comparison = report.comparisons.find(({ challenger, metric }) => challenger === report.selected && metric === rule.metric);
  const interval = comparison?.interval ?? null;
  if (comparison === undefined || interval === null || comparison.improvement === null) {
    return weighCheck({
      ...base,
      actual: null,
      why: `No paired interval of ${metricName(rule.metric)}: ${comparison?.why ?? 'it was not measured.'}`,
    });
  }
  const { lower, upper, level } = interval;
  const range = `${signed(comparison.improvement)} with ${(level * 100).toFixed(1)} % interval ${signed(lower)} to ${signed(upper)}`;
  return weighCheck({
    ...base,
    actual: lower,
    interval,
    why: `${metricName(rule.metric)} gained ${range} on ${phraseCount(comparison.sampleSize)} shared rows.`,
  });
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(4)}`;
}
