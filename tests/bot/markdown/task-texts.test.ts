import { describe, expect, test } from 'vitest';
import { renderRetrainingPullRequest } from '../../../bot/markdown/retraining-pull-request/render-retraining-pull-request.ts';
import { accountOfEvaluation, measuredMetrics, tellingMetrics } from '../../../pipelines/cli/account-of-evaluation.ts';
import { digestText } from '../../../pipelines/core/digest/sha256.ts';
import { buildEvaluationReport, type ScoredContender } from '../../../pipelines/core/evaluation/build-evaluation-report.ts';
import { judgeGate } from '../../../pipelines/core/evaluation/judge-gate.ts';
import { addSeconds } from '../../../pipelines/core/schema/instant.ts';
import { TrainingSpec } from '../../../pipelines/core/schema/training-spec.ts';
import { contenderTable } from '../../../pipelines/core/views/contender-table.ts';
import { DAY, type OtherTask, TASK_START, taskDefinition } from '../../fakes/task-world.ts';
import { timesOf } from '../../fakes/times-of.ts';
import { uniform } from '../../fakes/watched-world.ts';

const ROWS = 1500;
const RANGE = { start: TASK_START, end: addSeconds(TASK_START, 30 * DAY) };
const BEFORE = { start: addSeconds(TASK_START, -30 * DAY), end: TASK_START };

/** A champion and a challenger that is better, on the same rows. */
function retrainingOf(task: OtherTask) {
  const definition = taskDefinition(task);
  const spec = TrainingSpec.parse({
    schemaVersion: 1,
    model: definition.name,
    version: 'v2',
    champion: 'v1',
    decision: 'test',
    asOf: addSeconds(RANGE.end, 2 * DAY),
    challengers: [{ name: 'recent-window', range: BEFORE }],
    heldOut: RANGE,
    features: ['length'],
    training: definition.training,
  });
  const next = uniform(3);
  const labels = Float64Array.from({ length: ROWS }, () => (task === 'regression' ? 100 + 50 * next() : Math.floor(next() * 3)));
  const facts = (range: typeof RANGE, what: string) => ({ range, rows: ROWS, positives: 0, quarantined: 0, digest: digestText(what) });
  const contender = (name: string, version: string | null, skill: number): ScoredContender => ({
    name,
    version,
    artifactDigest: digestText(name),
    trainedOn: facts(BEFORE, name),
    scores: labels.map((label) => (task === 'regression' ? label + 40 * (1 - skill) * (next() - 0.5) : 0.4 + 0.6 * next())),
    predicted: labels.map((label) => (task === 'regression' ? Number.NaN : next() < skill ? label : Math.floor(next() * 3))),
    latencyMs: 0.01,
    bytes: 1000,
  });
  const report = buildEvaluationReport({
    definition,
    spec,
    heldOut: facts(RANGE, 'held out'),
    timestamps: timesOf(ROWS, 30),
    labels,
    baseline: contender('baseline', null, 0),
    champion: contender('champion', 'v1', 0.5),
    challengers: [contender('recent-window', 'v2', 0.8)],
    backend: 'test 1.0.0',
  });
  const evidence = {
    challenger: digestText('recent-window'),
    champion: digestText('champion'),
    data: digestText('d'),
    rules: digestText('r'),
  };
  const verdict = judgeGate({ report, definition, evidence: { ...evidence, code: digestText('c') }, judgedAt: spec.asOf });
  const text = renderRetrainingPullRequest({
    definition,
    request: {
      kind: 'request-retraining',
      id: 'test',
      model: definition.name,
      at: spec.asOf,
      because: [],
      spec,
      incidents: [],
      alternatives: [],
    },
    stage: 'passed',
    problem: null,
    failedRuns: 0,
    business: null,
    issues: [],
    evaluation: report,
    verdict,
    trainingUrl: null,
    gateUrl: null,
  });
  return { definition, report, verdict, text };
}

describe.each(['multiclass', 'regression'] as const)('the retraining of a %s model', (task) => {
  const { definition, report, verdict, text } = retrainingOf(task);
  const name = task === 'multiclass' ? 'Accuracy' : 'Mean absolute error';

  test('is told in the metrics of its task', () => {
    expect(text).toMatch(
      task === 'multiclass'
        ? /\*\*Better:\*\* Accuracy \+0\.\d{3} against v1/
        : /\*\*Better:\*\* Mean absolute error \+\d\.\d\d against v1/,
    );
    expect(text).toContain(`${name} ${task === 'multiclass' ? '↑' : '↓'}`);
    expect(text).not.toMatch(/\bAUC\b|[Ll]og-loss|rocAuc|logLoss|\d positive/);
  });

  test('is compared by every metric that has a paired interval', () => {
    const compared = contenderTable(report).filter(({ comparison }) => comparison?.interval != null);

    expect(compared.length).toBeGreaterThanOrEqual(2);
    expect(compared.every(({ outcome }) => outcome === 'better' || outcome === 'no clear difference')).toBe(true);
    expect(compared.find((row) => row.name === name)?.outcome).toBe('better');
  });

  test('passes the gate on its own metric, without a check that only two classes have', () => {
    expect(verdict.verdict).toBe('pass');
    expect(JSON.stringify(verdict.checks)).not.toMatch(/\bAUC\b|rocAuc|Log-loss|positive rows/);
  });

  test('is printed with its own metrics', () => {
    const [main] = tellingMetrics(definition);

    expect(main).toBe(definition.monitoring.performance.metric);
    expect(measuredMetrics(report)[0]).toBe(main);
    expect(accountOfEvaluation(report, tellingMetrics(definition)).join('\n')).not.toMatch(/none|NaN|rocAuc/);
  });
});
