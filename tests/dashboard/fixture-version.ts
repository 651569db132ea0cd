import { canonicalJson } from '../../pipelines/core/digest/canonical-json.ts';
import { digestText } from '../../pipelines/core/digest/sha256.ts';
import { type Contender, EvaluationReport } from '../../pipelines/core/schema/evaluation-report.ts';
import { GateVerdict } from '../../pipelines/core/schema/gate-verdict.ts';
import type { Instant } from '../../pipelines/core/schema/instant.ts';
import { ModelVersion } from '../../pipelines/core/schema/model-version.ts';
import { ReferenceProfile } from '../../pipelines/core/schema/reference-profile.ts';
import { TrainingPolicy } from '../../pipelines/core/schema/training-policy.ts';
import { TrainingSpec } from '../../pipelines/core/schema/training-spec.ts';
import type { Window } from '../../pipelines/core/schema/window.ts';
import { reportWithParts } from '../fakes/report-with-parts.ts';
import { estimate } from './fixture-signals.ts';

/** What one version of the test history is. */
export interface FixtureVersion {
  readonly model: string;
  readonly version: string;
  readonly parent: string | null;
  readonly decision: string;
  readonly at: Instant;
  readonly trained: Window;
  readonly heldOut: Window;
  readonly auc: number;
  readonly championAuc: number;
}

const FEATURES = ['hour', 'origin', 'distance'];

export function trainingSpec(facts: FixtureVersion): TrainingSpec {
  return TrainingSpec.parse({
    schemaVersion: 1,
    model: facts.model,
    version: facts.version,
    champion: facts.parent,
    decision: facts.decision,
    asOf: facts.at,
    challengers: [{ name: facts.parent === null ? 'initial' : 'recent-window', range: facts.trained }],
    heldOut: facts.heldOut,
    features: FEATURES,
    training: TrainingPolicy.parse({}),
  });
}

export function evaluationReport(facts: FixtureVersion): EvaluationReport {
  const data = (range: Window, rows: number) => ({
    range,
    rows,
    positives: Math.round(rows * 0.21),
    quarantined: 0,
    digest: digestText(`${facts.version} ${range.start}`),
  });
  const metrics = (auc: number) => [
    estimate('rocAuc', auc),
    estimate('logLoss', 0.51 - (auc - 0.6) / 4),
    estimate('valuePerPrediction', -0.9 + (auc - 0.6)),
  ];
  const contender = (name: string, auc: number, version: string | null): Contender => ({
    name,
    version,
    artifactDigest: digestText(`${name} ${facts.version}`),
    trainedOn: data(facts.trained, 42_000),
    metrics: metrics(auc),
    latencyMs: 0.02,
    bytes: 21_400,
  });
  const name = facts.parent === null ? 'initial' : 'recent-window';
  const difference = facts.auc - facts.championAuc;
  const { slices, fairness } = reportWithParts();
  return EvaluationReport.parse({
    ...(facts.parent === null ? { slices, fairness } : {}),
    schemaVersion: 1,
    model: facts.model,
    version: facts.version,
    asOf: facts.at,
    heldOut: data(facts.heldOut, 9000),
    baseline: { ...contender('baseline', 0.5, null), artifactDigest: null, trainedOn: null },
    champion: facts.parent === null ? null : contender('champion', facts.championAuc, facts.parent),
    challengers: [contender(name, facts.auc, facts.version)],
    selected: name,
    selectedBecause: 'It has the larger AUC on the held-out rows.',
    comparisons:
      facts.parent === null
        ? []
        : ['rocAuc', 'logLoss'].map((metric) => ({
            challenger: name,
            metric,
            improvement: difference,
            interval: { lower: difference - 0.009, upper: difference + 0.009, level: 0.95 },
            replicates: 500,
            sampleSize: 9000,
            method: 'Paired bootstrap',
            why: null,
          })),
    backend: 'fixture 1.0.0',
  });
}

export function gateVerdict(facts: FixtureVersion, verdict: GateVerdict['verdict']): GateVerdict {
  const passed = verdict === 'pass';
  const difference = facts.auc - facts.championAuc;
  return GateVerdict.parse({
    schemaVersion: 1,
    model: facts.model,
    version: facts.version,
    judgedAt: facts.at,
    verdict,
    summary: passed ? 'All 2 checks passed.' : '1 of 2 checks failed: not better for sure.',
    checks: [
      {
        name: 'AUC better than the champion',
        metric: 'rocAuc',
        operator: '>=',
        expected: 0,
        actual: difference - 0.009,
        interval: { lower: difference - 0.009, upper: difference + 0.009, level: 0.95 },
        passed,
        why: passed ? 'The lower bound is above 0.' : 'The lower bound is below 0.',
      },
      {
        name: 'Enough labels',
        metric: 'labels',
        operator: '>=',
        expected: 1000,
        actual: 9000,
        interval: null,
        passed: true,
        why: '9,000 labelled rows.',
      },
    ],
    evidence: {
      challenger: digestText(`recent-window ${facts.version}`),
      champion: digestText(`champion ${facts.version}`),
      data: digestText(`${facts.version} ${facts.heldOut.start}`),
      rules: digestText('rules'),
      code: digestText('code'),
    },
    evidenceDigest: evidenceOf(facts),
  });
}

export function evidenceOf(facts: FixtureVersion) {
  return digestText(`evidence ${facts.decision} ${facts.version}`);
}

/** All files of a version folder but the weights, which the dashboard never reads. */
export function versionFiles(facts: FixtureVersion): Record<string, string> {
  const files = {
    'training-spec.json': canonicalJson(trainingSpec(facts)),
    'evaluation-report.json': canonicalJson(evaluationReport(facts)),
    'reference.json': canonicalJson(referenceProfile(facts)),
  };
  const version = ModelVersion.parse({
    schemaVersion: 1,
    model: facts.model,
    version: facts.version,
    parent: facts.parent,
    createdAt: facts.at,
    trainedUntil: facts.trained.end,
    artifactDigest: digestText(`artifact ${facts.version}`),
    files: Object.fromEntries(Object.entries(files).map(([name, text]) => [name, digestText(text)])),
  });
  return { ...files, 'version.json': canonicalJson(version) };
}

function referenceProfile(facts: FixtureVersion): ReferenceProfile {
  const { model, version, heldOut } = facts;
  return ReferenceProfile.parse({
    schemaVersion: 1,
    model,
    version,
    range: heldOut,
    windowSeconds: 86_400,
    rowsByWindow: [[heldOut.start, 1500]],
    grids: {},
    binnings: {},
    profile: { schemaVersion: 1, model, window: heldOut, rows: 9000, versions: {}, errors: 0, quarantined: {}, columns: {} },
    labels: {
      schemaVersion: 1,
      window: heldOut,
      modelVersion: version,
      labelled: 9000,
      positives: 1890,
      logLossSum: 4590,
      cells: [],
      quarantined: {},
    },
    lagCurve: {
      asOf: heldOut.end,
      labels: 9000,
      positives: 0.21,
      points: [
        [43_200, 0.1, 0.09, 0.11, 0.3, 0.05],
        [86_400, 0.7, 0.68, 0.72, 0.9, 0.65],
        [172_800, 0.95, 0.94, 0.96, 0.99, 0.94],
        [259_200, 1, 1, 1, 1, 1],
      ],
    },
    promise: [
      estimate('rocAuc', facts.auc),
      estimate('logLoss', 0.51 - (facts.auc - 0.6) / 4),
      estimate('valuePerPrediction', -0.9 + (facts.auc - 0.6)),
    ],
  });
}
