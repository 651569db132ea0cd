import type { Signal } from '../schema/signal.ts';
import { nextValue } from '../statistics/intervals/prediction-interval.ts';
import type { FeatureTable } from '../statistics/multivariate/feature-table.ts';
import { learnReconstruction, reconstructionError } from '../statistics/multivariate/reconstruction-error.ts';
import { figure, probability } from './phrase-figures.ts';
import { signalOf, type WindowEvidence } from './signal-of.ts';

/** The subject of the statement about linear relations between columns. */
export const RELATIONS = 'relations';
const LEVEL = 0.99;

/**
 * The mean distance of the window's rows from what the linear relations of the reference say, against where the next window of the reference is expected
 * (99 % prediction interval from its own windows, each scored by what the others teach). Report-only: one far outlier moves it without bound, and it never alerts.
 */
export function relationsSignal(
  evidence: WindowEvidence,
  { reference, window }: Readonly<Record<'reference' | 'window', FeatureTable>>,
): Signal {
  const base = {
    kind: 'multivariate-drift' as const,
    subject: RELATIONS,
    method: 'Reconstruction error of principal components (65 % of the variance), report-only: it never alerts',
    sampleSize: window.rows,
  };
  const usual = nextValue(evidence.reference.restless?.errors ?? [], LEVEL);
  const found = reconstructionError(learnReconstruction(reference), window);
  if (usual === null || found === null) {
    const why = 'The reference has too few windows to say what reconstruction error is usual.';
    return signalOf(evidence, { ...base, status: 'insufficient-data', why });
  }
  const pValue = usual.pValueOf(found.mean);
  const isOutside = found.mean < usual.interval.lower || found.mean > usual.interval.upper;
  const range = `${figure(usual.interval.lower)} to ${figure(usual.interval.upper)}`;
  return signalOf(evidence, {
    ...base,
    value: found.mean,
    reference: usual.mean,
    interval:
      found.standardError === null
        ? null
        : { lower: found.mean - 1.96 * found.standardError, upper: found.mean + 1.96 * found.standardError, level: 0.95 },
    pValue,
    threshold: { operator: '>', level: usual.interval.upper, rule: '99 % prediction interval from the windows of the reference' },
    status: 'ok',
    why: `The reconstruction error is ${figure(found.mean)}; the next window is expected at ${range} (${probability(pValue)}): ${isOutside ? 'columns relate to one another otherwise than in the reference' : 'as usual'}. Reported only, it never raises an alarm.`,
  });
}
