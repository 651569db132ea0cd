import type { DriftEvidence } from '../schema/drift-evidence.ts';
import type { Signal } from '../schema/signal.ts';
import { clocks } from './clocks.ts';
import { dataQuality } from './data-quality.ts';
import { driftSignals } from './drift-signals.ts';
import { duplicates } from './duplicates.ts';
import { errors } from './errors.ts';
import { estimatedPerformance } from './estimated-performance.ts';
import { foldedValues } from './folded-values.ts';
import { labelLines } from './label-lines.ts';
import { latency } from './latency.ts';
import { missingValues } from './missing-values.ts';
import { outOfRange } from './out-of-range.ts';
import { realisedPerformance } from './realised-performance.ts';
import { schemaSignals } from './schema-signals.ts';
import { servingSkew } from './serving-skew.ts';
import { settledByLabels } from './settled-by-labels.ts';
import type { WindowEvidence } from './signal-of.ts';
import { silentDays } from './silent-days.ts';
import { silentHours } from './silent-hours.ts';
import { silentLabels } from './silent-labels.ts';
import { unitSlips } from './unit-slips.ts';
import { unseenValues } from './unseen-values.ts';
import { vanishedClasses } from './vanished-classes.ts';
import { volume } from './volume.ts';

/** All statements about one window. */
export interface WindowSignals {
  readonly signals: readonly Signal[];
  /** Of drift, after this window: what the next one starts from. */
  readonly driftEvidence: DriftEvidence;
}

/**
 * All statements about one window: drift, quality, volume, latency, errors, realised performance and value, in this order. What cannot be
 * measured says `insufficient-data` and why; nothing is NaN, nothing passes unmeasured. `profile` must lie on the grids of the reference.
 */
export function detectSignals(evidence: WindowEvidence): WindowSignals {
  const drift = driftSignals(evidence);
  const realised = realisedPerformance(evidence);
  const signals = [
    ...drift.signals,
    ...missingValues(evidence),
    ...unseenValues(evidence),
    ...outOfRange(evidence),
    ...schemaSignals(evidence),
    ...unitSlips(evidence),
    dataQuality(evidence),
    ...vanishedClasses(evidence),
    ...silentLabels(evidence),
    ...labelLines(evidence),
    ...duplicates(evidence),
    ...clocks(evidence),
    volume(evidence),
    ...silentDays(evidence),
    ...silentHours(evidence),
    ...servingSkew(evidence),
    ...foldedValues(evidence),
    ...latency(evidence),
    ...errors(evidence),
    ...estimatedPerformance(evidence, realised),
    ...realised,
  ];
  return { signals: settledByLabels(signals), driftEvidence: drift.evidence };
}
