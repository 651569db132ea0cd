import { describe, expect, test } from 'vitest';
import { recalibrationRules } from '../../../pipelines/core/evaluation/recalibration-rules.ts';
import type { GateRule } from '../../../pipelines/core/schema/gate-policy.ts';
import type { MetricName } from '../../../pipelines/core/schema/metric.ts';
import { loanDefinition } from '../../fakes/policy-world.ts';

const gains = (metric: MetricName, minimumImprovement: number): GateRule => ({ kind: 'relative', metric, minimumImprovement });

function rulesFor(metric: MetricName, rules: GateRule[]): readonly GateRule[] {
  return recalibrationRules(loanDefinition({ monitoring: { performance: { metric } }, gate: { rules } }));
}

describe('the rules of the gate for a recalibration', () => {
  test('a metric of order must stay as it is, and the monitored one must gain for sure', () => {
    const rules = rulesFor('brier', [gains('rocAuc', 0.01), gains('brier', -0.005)]);

    expect(rules).toEqual([gains('rocAuc', -1e-6), gains('brier', 1e-4)]);
  });

  test('where the monitored metric is of order, log loss must gain, though no rule speaks of it', () => {
    expect(rulesFor('rocAuc', [gains('rocAuc', 0)])).toEqual([gains('rocAuc', -1e-6), gains('logLoss', 1e-4)]);
  });

  test('stricter rules, rules of other metrics and floors stay as they are', () => {
    const floor: GateRule = { kind: 'absolute', metric: 'rocAuc', operator: '>=', value: 0.6 };
    const rules = [floor, gains('logLoss', 0.02), gains('accuracy', -0.01), gains('rocAuc', -0.1)];

    expect(rulesFor('logLoss', rules)).toEqual(rules);
  });

  test('no rules stay none: the gate then lets nothing pass', () => {
    expect(rulesFor('logLoss', [])).toEqual([]);
  });
});
