import { addSeconds } from '../../pipelines/core/schema/instant.ts';
import type { MetricEstimate } from '../../pipelines/core/schema/metric.ts';
import { ModelDefinition, type WrittenModelDefinition } from '../../pipelines/core/schema/model-definition.ts';
import { emptyModelState, type ModelState, type WindowSummary } from '../../pipelines/core/schema/model-state.ts';
import type { ModelVersion } from '../../pipelines/core/schema/model-version.ts';
import type { MonitoringReport } from '../../pipelines/core/schema/monitoring-report.ts';
import type { ReferenceProfile } from '../../pipelines/core/schema/reference-profile.ts';
import { type Signal, SignalKind } from '../../pipelines/core/schema/signal.ts';
import { type Window, windowId } from '../../pipelines/core/schema/window.ts';

const DAY = 86_400;
const DIGEST = `sha256:${'0'.repeat(64)}`;
const STATUS: Readonly<Record<string, Signal['status']>> = { A: 'alert', W: 'warning', O: 'ok', '.': 'insufficient-data' };

/** A model of loans with two columns; `changes` replaces whole top-level keys. */
export function loanDefinition(changes: Partial<WrittenModelDefinition> = {}): ModelDefinition {
  return ModelDefinition.parse({
    schemaVersion: 1,
    name: 'loan',
    task: 'binary',
    objective: 'Tell which loans will not be paid back.',
    owner: 'credit team',
    stakeholders: ['finance'],
    successMetrics: [{ metric: 'rocAuc', target: 0.7, why: 'Agreed.' }],
    columns: [
      { name: 'income', kind: 'numeric', source: 'payroll system' },
      { name: 'purpose', kind: 'categorical' },
    ],
    logs: { format: 'csv', path: 'predictions.csv', columns: { id: 'id', timestamp: 'ts', score: 'score' } },
    labels: { format: 'csv', path: 'labels.csv', columns: { id: 'id', label: 'bad' }, positive: '1', negative: '0', delay: 'P1D' },
    gate: { rules: [{ kind: 'absolute', metric: 'rocAuc', operator: '>=', value: 0.6 }] },
    retraining: { minimumNewLabels: 1000, cooldown: 'P14D', budget: { proposals: 3, per: 'P90D' }, cost: 50 },
    ...changes,
    // What is measured on rows costs each window a tenth of a second: tests that look at it switch it on.
    monitoring: { multivariate: { enabled: false }, ...changes.monitoring },
  });
}

/** A signal of one window, `A` alert, `W` warning, `O` ok, `.` insufficient-data, e.g. of `realised-performance/rocAuc`. */
export function signalOf(name: string, letter: string, window: Window): Signal {
  const [kind, subject] = name.split('/');
  const status = STATUS[letter];
  if (status === undefined || subject === undefined) throw new RangeError(`no signal ${name}: ${letter}`);
  const value = { ok: 0.02, warning: 0.08, alert: 0.3, 'insufficient-data': null }[status];
  return {
    id: `${name}/${windowId(window)}`,
    kind: SignalKind.parse(kind),
    subject,
    method: 'planted',
    window,
    modelVersion: 'v1',
    value,
    reference: 0,
    interval: null,
    pValue: null,
    threshold: { operator: '>', level: 0.1, rule: 'planted' },
    sampleSize: value === null ? 10 : 1000,
    status,
    why: `${name} is ${status}`,
  };
}

/** Days that end at `end`, oldest first. */
export function daysUntil(end: string, count: number): Window[] {
  return Array.from({ length: count }, (_, index) => {
    const start = addSeconds(end, (index - count) * DAY);
    return { start, end: addSeconds(start, DAY) };
  });
}

export interface PlantedRun {
  readonly asOf: string;
  readonly champion?: string;
  readonly newLabels?: number;
  /** Letters by signal name, one letter a window; all of the same length. */
  readonly signals?: Readonly<Record<string, string>>;
}

/** A monitoring report whose signals are planted. */
export function reportOf(run: PlantedRun): MonitoringReport {
  const letters = Object.entries(run.signals ?? {});
  const windows = daysUntil(run.asOf, letters[0]?.[1].length ?? 0);
  return {
    schemaVersion: 1,
    model: 'loan',
    asOf: run.asOf,
    champion: run.champion ?? 'v1',
    previousWatermark: windows[0]?.start ?? run.asOf,
    watermark: run.asOf,
    newLabels: run.newLabels ?? 50_000,
    windows: windows.map((window, index) => ({
      window,
      rows: 1000,
      labelled: 1000,
      quarantined: {},
      signals: letters.map(([name, text]) => signalOf(name, text[index] ?? '', window)),
      profileDigest: DIGEST,
    })),
  };
}

/** The summaries that a watcher would hand over with a report. */
export function summariesOf(report: MonitoringReport): WindowSummary[] {
  return report.windows.map((one) => ({ ...one, champion: report.champion, columns: {}, business: null }));
}

/** The state of a model whose v1 is recorded as champion. */
export function watchedState(champion = 'v1'): ModelState {
  return { ...emptyModelState('loan'), champion };
}

/** An area under the curve with a symmetric interval. */
export function aucOf(value: number, options: { readonly halfWidth?: number; readonly sampleSize?: number } = {}): MetricEstimate {
  const { halfWidth = 0.01, sampleSize = 5000 } = options;
  const interval = { lower: value - halfWidth, upper: value + halfWidth, level: 0.95 };
  return { metric: 'rocAuc', value, interval, sampleSize, positives: Math.floor(sampleSize / 4), method: 'planted', why: null };
}

/** A reference that promises one area under the curve. */
export function referenceOf(version: string, auc: number): ReferenceProfile {
  const range = { start: '2001-01-20T00:00:00Z', end: '2001-02-01T00:00:00Z' };
  return {
    schemaVersion: 1,
    model: 'loan',
    version,
    range,
    windowSeconds: DAY,
    rowsByWindow: [],
    grids: {},
    binnings: {},
    profile: { schemaVersion: 1, model: 'loan', window: range, rows: 0, versions: {}, errors: 0, quarantined: {}, columns: {} },
    labels: {
      schemaVersion: 1,
      window: range,
      modelVersion: version,
      labelled: 0,
      positives: 0,
      logLossSum: 0,
      cells: [],
      quarantined: {},
    },
    promise: [aucOf(auc)],
  };
}

export function versionOf(version: string, createdAt = '2001-02-01T00:00:00Z'): ModelVersion {
  return { schemaVersion: 1, model: 'loan', version, parent: null, createdAt, trainedUntil: createdAt, artifactDigest: DIGEST, files: {} };
}
