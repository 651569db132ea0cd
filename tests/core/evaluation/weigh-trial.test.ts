import { describe, expect, test } from 'vitest';
import { weighTrial } from '../../../pipelines/core/evaluation/weigh-trial.ts';
import type { EvaluationReport } from '../../../pipelines/core/schema/evaluation-report.ts';
import type { MetricName } from '../../../pipelines/core/schema/metric.ts';
import { RemedyTrial, type TriedRemedy } from '../../../pipelines/core/schema/remedy-trial.ts';
import { contenderOf, estimateOf, goodReport as plantedReport } from '../../fakes/gate-cases.ts';
import { loanDefinition } from '../../fakes/policy-world.ts';

function definitionOf(minimumImprovement: number, metric: MetricName = 'rocAuc') {
  return loanDefinition({
    monitoring: { performance: { metric } },
    gate: { rules: [{ kind: 'relative', metric: 'rocAuc', minimumImprovement }] },
  });
}

/** The good report, whose challenger is another model than its champion. */
function goodReport(): EvaluationReport {
  const report = plantedReport();
  const artifactDigest = `sha256:${'8'.repeat(64)}`;
  return { ...report, challengers: report.challengers.map((challenger) => ({ ...challenger, artifactDigest })) };
}

/** The good report with one more contender beside its challenger. */
function reportWith(name: string, metric: MetricName, lower: number): EvaluationReport {
  const report = goodReport();
  const [first] = report.comparisons;
  if (first === undefined) throw new RangeError('the good report compares');
  const comparison = {
    ...first,
    challenger: name,
    metric,
    improvement: lower + 0.02,
    interval: { lower, upper: lower + 0.04, level: 0.95 },
  };
  const contender = {
    ...contenderOf(name, [estimateOf('rocAuc', 0.64), estimateOf('logLoss', 0.44)]),
    artifactDigest: `sha256:${'9'.repeat(64)}`,
  };
  return { ...report, challengers: [...report.challengers, contender], comparisons: [...report.comparisons, comparison] };
}

/** The report with one more figure of its last contender: no more and no less than `exactly`. */
function withComparison(report: EvaluationReport, metric: MetricName, exactly: number): EvaluationReport {
  const last = report.comparisons.at(-1);
  if (last === undefined) throw new RangeError('the report compares');
  const added = { ...last, metric, improvement: exactly, interval: { lower: exactly, upper: exactly, level: 0.95 } };
  return { ...report, comparisons: [...report.comparisons, added] };
}

function tried(report: EvaluationReport, definition = definitionOf(0), kinds: [string, TriedRemedy['kind']][] = []) {
  return weighTrial({ definition, report, kinds: new Map(kinds) });
}

describe('weighTrial', () => {
  test('a retraining that the gate would let pass helps; the trial names champion, rows and figures', () => {
    const trial = tried(goodReport());

    expect(RemedyTrial.parse(trial)).toEqual(trial);
    expect(trial).toMatchObject({ champion: 'v1', rows: 5000, estimate: { value: 0.63 } });
    expect(trial.remedies).toHaveLength(1);
    expect(trial.remedies[0]).toMatchObject({ kind: 'retrain', helps: true, improvement: 0.03, interval: { lower: 0.01 } });
  });

  test('one that the gate would refuse does not, and says which rule', () => {
    const [remedy] = tried(goodReport(), definitionOf(0.02)).remedies;

    expect(remedy?.helps).toBe(false);
    expect(remedy?.why).toContain('the gate would refuse it: AUC gained on the champion, lower bound');
  });

  test('a challenger that was not selected says behind which one it stands', () => {
    const [selected, other] = tried(reportWith('other', 'rocAuc', 0.02)).remedies;

    expect(selected).not.toHaveProperty('behind');
    expect(other).toMatchObject({ name: 'other', helps: true, behind: selected?.name });
  });

  test.each([
    ['lies above 0', 0.001, true],
    ['holds 0', -0.001, false],
  ])('an archived version helps when its whole interval %s', (_, lower, helps) => {
    const trial = tried(reportWith('v0', 'rocAuc', lower), definitionOf(0), [['v0', 'roll-back']]);

    expect(trial.remedies[1]).toMatchObject({ kind: 'roll-back', name: 'v0', helps });
  });

  test('a curve over the scores changes no order: it cannot help a metric of order', () => {
    const trial = tried(reportWith('v1 with a curve', 'rocAuc', 0.01), definitionOf(0), [['v1 with a curve', 'recalibrate']]);

    expect(trial.remedies[1]?.helps).toBe(false);
    expect(trial.remedies[1]?.why).toContain('leaves the order');
  });

  test.each([
    ['sure', 0.01, 0, true],
    ['sure, where the rule of model.yml asks AUC for more than a curve can give', 0.01, 0.02, true],
    ['not sure', 0, 0, false],
  ])('but it can help log loss: a gain that is %s', (_, lower, minimumImprovement, helps) => {
    const report = withComparison(reportWith('v1 with a curve', 'logLoss', lower), 'rocAuc', 0);

    const trial = tried(report, definitionOf(minimumImprovement, 'logLoss'), [['v1 with a curve', 'recalibrate']]);

    expect(trial.remedies[1]).toMatchObject({ kind: 'recalibrate', helps });
  });

  test('and a curve that costs the order of rows does not, whatever it gains', () => {
    const report = withComparison(reportWith('v1 with a curve', 'logLoss', 0.01), 'rocAuc', -0.001);

    const [, remedy] = tried(report, definitionOf(0, 'logLoss'), [['v1 with a curve', 'recalibrate']]).remedies;

    expect(remedy?.helps).toBe(false);
    expect(remedy?.why).toContain('the gate would refuse it: AUC gained');
  });

  test('what could not be compared does not help', () => {
    const report = { ...goodReport(), comparisons: [] };

    expect(tried(report).remedies[0]).toMatchObject({ helps: false, improvement: null, interval: null });
  });

  test('without a champion there is nothing to weigh', () => {
    expect(() => tried({ ...goodReport(), champion: null })).toThrow(RangeError);
  });
});
