import type { Contender, EvaluationReport } from '../../pipelines/core/schema/evaluation-report.ts';
import type { Evidence } from '../../pipelines/core/schema/gate-verdict.ts';
import type { MetricEstimate, MetricName } from '../../pipelines/core/schema/metric.ts';

const DIGEST = (digit: string) => `sha256:${digit.repeat(64)}`;
const HELD_OUT = { start: '2001-02-20T00:00:00Z', end: '2001-02-27T00:00:00Z' };
const TRAINED = { start: '2001-01-01T00:00:00Z', end: '2001-02-20T00:00:00Z' };

export const EVIDENCE: Evidence = {
  challenger: DIGEST('1'),
  champion: DIGEST('2'),
  data: DIGEST('3'),
  rules: DIGEST('4'),
  code: DIGEST('5'),
};

export function estimateOf(metric: MetricName, value: number | null): MetricEstimate {
  const interval = value === null ? null : { lower: value - 0.01, upper: value + 0.01, level: 0.95 };
  return { metric, value, interval, sampleSize: 5000, positives: 1000, method: 'planted', why: value === null ? 'Planted gap.' : null };
}

export function contenderOf(name: string, metrics: readonly MetricEstimate[]): Contender {
  return {
    name,
    version: name === 'champion' ? 'v1' : null,
    artifactDigest: name === 'baseline' ? null : DIGEST('6'),
    trainedOn: { range: TRAINED, rows: 20_000, positives: 4000, quarantined: 0, digest: DIGEST('7') },
    metrics: [...metrics],
    latencyMs: name === 'baseline' ? null : 0.02,
    bytes: 4000,
  };
}

/** A report in which the challenger gains .03 of rocAuc (.01 to .05) and everything is in order. */
export function goodReport(): EvaluationReport {
  return {
    schemaVersion: 1,
    model: 'loan',
    version: 'v2',
    asOf: '2001-02-28T00:00:00Z',
    heldOut: { range: HELD_OUT, rows: 5000, positives: 1000, quarantined: 0, digest: EVIDENCE.data },
    baseline: contenderOf('baseline', [estimateOf('rocAuc', 0.5), estimateOf('logLoss', 0.5)]),
    champion: contenderOf('champion', [estimateOf('rocAuc', 0.63), estimateOf('logLoss', 0.46)]),
    challengers: [contenderOf('recent-window', [estimateOf('rocAuc', 0.66), estimateOf('logLoss', 0.45)])],
    selected: 'recent-window',
    selectedBecause: 'The only challenger.',
    comparisons: [
      {
        challenger: 'recent-window',
        metric: 'rocAuc',
        improvement: 0.03,
        interval: { lower: 0.01, upper: 0.05, level: 0.95 },
        replicates: 500,
        sampleSize: 5000,
        method: 'planted',
        why: null,
      },
    ],
    backend: 'planted',
  };
}
