import type { GateRule } from '../schema/gate-policy.ts';
import type { MetricName } from '../schema/metric.ts';
import type { ModelDefinition } from '../schema/model-definition.ts';

/** Metrics that look at the order of scores only: no recalibration changes them. */
const OF_ORDER: ReadonlySet<MetricName> = new Set(['rocAuc', 'averagePrecision']);

/** Rounding may tie two rows in a million million; nothing else can move a metric of order. */
const ROUNDING = 1e-6;
/** Above 0, so that a curve that changes nothing does not pass. */
const LEAST_GAIN = 1e-4;

/** Whether a metric looks at the order of scores only. */
export function isOfOrder(metric: MetricName): boolean {
  return OF_ORDER.has(metric);
}

/** The metric that a recalibration must better: the monitored one, or log loss where that is of order. */
export function recalibratedMetric({ monitoring }: Pick<ModelDefinition, 'monitoring'>): MetricName {
  const { metric } = monitoring.performance;
  return isOfOrder(metric) ? 'logLoss' : metric;
}

/**
 * The rules of model.yml as they are for a recalibration. A metric of order need not gain, for it cannot: it must stay as it is. In return the metric that a
 * recalibration is for must gain for sure, whatever model.yml lets pass: a curve that brings nothing is refused. No rules stay none.
 */
export function recalibrationRules(definition: Pick<ModelDefinition, 'gate' | 'monitoring'>): readonly GateRule[] {
  const { rules } = definition.gate;
  if (rules.length === 0) return [];
  const metric = recalibratedMetric(definition);
  const adapted = rules.map((rule): GateRule => {
    if (rule.kind === 'absolute') return rule;
    if (isOfOrder(rule.metric)) return { ...rule, minimumImprovement: Math.min(rule.minimumImprovement, -ROUNDING) };
    return rule.metric === metric ? { ...rule, minimumImprovement: Math.max(rule.minimumImprovement, LEAST_GAIN) } : rule;
  });
  const isStated = adapted.some((rule) => rule.kind === 'relative' && rule.metric === metric);
  return isStated ? adapted : [...adapted, { kind: 'relative', metric, minimumImprovement: LEAST_GAIN }];
}
