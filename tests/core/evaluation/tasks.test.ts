import { describe, expect, test } from 'vitest';
import { buildEvaluationReport, type ScoredContender } from '../../../pipelines/core/evaluation/build-evaluation-report.ts';
import { checkClasses } from '../../../pipelines/core/evaluation/check-classes.ts';
import { constantAnswer } from '../../../pipelines/core/evaluation/constant-answer.ts';
import { baselineChecks, sampleChecks } from '../../../pipelines/core/evaluation/evidence-checks.ts';
import { EvaluationReport } from '../../../pipelines/core/schema/evaluation-report.ts';
import type { ModelArtifact } from '../../../pipelines/core/schema/model-artifact.ts';
import { seededRandom } from '../../../pipelines/core/statistics/distributions/seeded-random.ts';
import { learntDefinition, worldDay } from '../../fakes/learnt-world.ts';
import { timesOf } from '../../fakes/times-of.ts';

const ROWS = 600;
const FACTS = {
  range: { start: worldDay(0), end: worldDay(7) },
  rows: ROWS,
  positives: 0,
  quarantined: 0,
  digest: `sha256:${'0'.repeat(64)}`,
};
const SPEC = {
  schemaVersion: 1 as const,
  version: 'v2',
  champion: 'v1',
  decision: 'd',
  asOf: worldDay(8),
  challengers: [{ name: 'all-history' as const, range: FACTS.range }],
  heldOut: FACTS.range,
  features: ['x'],
};

/** Labels 0, 1, 2 (or 100 to 102), and models that are right in a share of the rows. */
function answersOf(task: 'multiclass' | 'regression', share: number): ScoredContender {
  const random = seededRandom(Math.round(share * 100));
  const isRight = Array.from({ length: ROWS }, () => random.uint32() / 2 ** 32 < share);
  const place = (row: number) => (isRight[row] ? row % 3 : (row + 1) % 3);
  const several = task === 'multiclass';
  return {
    name: `${share}`,
    version: null,
    artifactDigest: null,
    trainedOn: FACTS,
    scores: Float64Array.from(isRight, (_, row) => (several ? share : 100 + place(row))),
    predicted: Float64Array.from(isRight, (_, row) => (several ? place(row) : Number.NaN)),
    latencyMs: 1,
    bytes: 1,
  };
}

function reportOf(task: 'multiclass' | 'regression', shares: { champion: number; challenger: number }) {
  const definition = learntDefinition(task);
  const several = task === 'multiclass';
  const labels = Float64Array.from({ length: ROWS }, (_, row) => (several ? row % 3 : 100 + (row % 3)));
  const { score, predicted } = constantAnswer(task, labels);
  return {
    definition,
    report: buildEvaluationReport({
      definition,
      spec: { ...SPEC, model: definition.name, training: definition.training },
      heldOut: FACTS,
      timestamps: timesOf(ROWS, 7),
      labels,
      baseline: {
        ...answersOf(task, 0),
        name: 'baseline',
        scores: new Float64Array(ROWS).fill(score),
        predicted: new Float64Array(ROWS).fill(predicted),
      },
      champion: { ...answersOf(task, shares.champion), name: 'champion', version: 'v1' },
      challengers: [{ ...answersOf(task, shares.challenger), name: 'all-history' }],
      backend: 'test',
    }),
  };
}

describe('the best constant answer', () => {
  test.each([
    ['binary', [1, 0, 0, 0], { score: 0.25, predicted: Number.NaN }],
    ['multiclass', [2, 1, 2, 0, 2], { score: 0.6, predicted: 2 }],
    ['multiclass', [2, 1, 1, 2], { score: 0.5, predicted: 1 }],
    ['regression', [1, 2, 6], { score: 3, predicted: Number.NaN }],
    ['binary', [], { score: 0.5, predicted: Number.NaN }],
  ] as const)('of a %s task on %j', (task, labels, expected) => {
    expect(constantAnswer(task, Float64Array.from(labels))).toEqual(expected);
  });
});

describe.each(['multiclass', 'regression'] as const)('a report of a %s model', (task) => {
  const metric = task === 'multiclass' ? 'accuracy' : 'meanAbsoluteError';

  test('is of the schema, measures what the task has, and signs a gain so that positive is better', () => {
    const { report } = reportOf(task, { champion: 0.6, challenger: 0.9 });

    expect(EvaluationReport.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
    const right = report.challengers[0]?.metrics.find((each) => each.metric === metric)?.value ?? Number.NaN;
    const off = task === 'multiclass' ? right : 1 - right / meanGap();
    expect(off).toBeGreaterThan(0.85);
    const gain = report.comparisons.find((each) => each.metric === metric);
    expect(gain?.interval?.lower).toBeGreaterThan(0);
    expect(report.comparisons.some((each) => each.metric === 'rocAuc' || each.metric === 'logLoss')).toBe(false);
  });

  test('passes no model that is no better than the constant answer, and asks for no positives', () => {
    const checksOf = (challenger: number) => {
      const { definition, report } = reportOf(task, { champion: 0.6, challenger });
      const [own] = report.challengers;
      if (own === undefined) throw new RangeError('no challenger');
      return [...sampleChecks(definition, report), ...baselineChecks(task, report, own)];
    };

    const [good, bad] = [checksOf(0.9), checksOf(0.3)];

    expect(good.map(({ passed }) => passed)).toEqual([true, true]);
    expect(bad.map(({ passed }) => passed)).toEqual([true, false]);
    expect(bad.at(-1)?.why).toContain('for every row');
  });
});

/** How far a wrong answer of `answersOf` lies from the truth, on average. */
function meanGap(): number {
  return (1 + 1 + 2) / 3;
}

describe('classes of a version', () => {
  const artifact = (classes: string[]): ModelArtifact => ({
    schemaVersion: 1,
    model: 'intents',
    algorithm: 'softmaxRegression',
    inputs: [{ kind: 'categorical', column: 'x', vocabulary: [] }],
    classes,
    layers: [],
    weightsBytes: 4,
  });

  test('may be joined by new ones, but keep their places', () => {
    const definition = learntDefinition('multiclass');

    expect(() => checkClasses(definition, artifact(['call', 'music', 'news']), 'v1')).not.toThrow();
    expect(() => checkClasses(definition, artifact(['call', 'music']), 'v1')).not.toThrow();
    expect(() => checkClasses(definition, artifact(['call', 'news']), 'v1')).toThrow(expect.objectContaining({ code: 'CLASSES_CHANGED' }));
  });
});
