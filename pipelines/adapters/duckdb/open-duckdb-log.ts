import { availableParallelism } from 'node:os';
import type { ModelDefinition } from '../../core/schema/model-definition.ts';
import type { LabelLog } from '../../ports/label-log.ts';
import type { PredictionLog } from '../../ports/prediction-log.ts';
import { openCheckedLog } from './checked-batches.ts';
import { countLabelled } from './count-labelled.ts';
import { type Engine, openEngine } from './engine.ts';
import { openInlineLabels } from './inline-labels.ts';
import { labelArrivals } from './label-arrivals.ts';
import { labelCubes } from './label-cubes.ts';
import { openLabelReader } from './label-reader.ts';
import { openLogCatalog } from './log-catalog.ts';
import { logCoverage } from './log-coverage.ts';
import { hasInlineLabels, labelFields, predictionFields } from './log-fields.ts';
import type { OpenLogs } from './open-logs.ts';

export interface DuckDbLogOptions {
  readonly definition: ModelDefinition;
  /** Folder that the paths in the definition start from. */
  readonly dataRoot: string;
  /** DuckDB's limit for buffers, default `192MB`; beyond it queries spill to a temporary folder. */
  readonly memoryLimit?: string;
  /** Default: the processors of the machine, at most 4. */
  readonly threads?: number;
}

/** Both logs of a model; `close` frees memory and removes staged files. */
export type DuckDbLog = PredictionLog & LabelLog & { close(): void };

const MOST_THREADS = 4;
const LABEL_NUMBERS = 1_000_000;

/**
 * Opens the prediction log and the label log of a model through DuckDB: Parquet in place, CSV and JSON Lines (plain or gzip) after one pass
 * that sets unusable lines aside. Files are looked at when a method is called, so files that appear later are seen. UserErrors: data root,
 * files or columns missing, files cut short, times or labels that cannot be read at all.
 */
export async function openDuckDbLog(options: DuckDbLogOptions): Promise<DuckDbLog> {
  const threads = options.threads ?? Math.min(MOST_THREADS, availableParallelism());
  const engine = await openEngine({ dataRoot: options.dataRoot, memoryLimit: options.memoryLimit ?? '192MB', threads });
  const logs = openLogs(engine, options.definition);
  // A run without new windows asks for coverage and labels only: the rest is loaded when it is first asked for.
  return {
    coverage: (asOf) => logCoverage(logs, asOf),
    learnGrids: async (range, asOf) => (await import('./learn-grids.ts')).learnGrids(logs, range, asOf),
    profile: async (windows, grids, asOf) => (await import('./profile-windows.ts')).profileWindows(logs, { windows, grids, asOf }),
    inspect: async (windows, asOf) => (await import('./inspect-windows.ts')).inspectWindows(logs, { windows, asOf }),
    faults: async (request) => (await import('./read-faults.ts')).readFaults(logs, request),
    rows: async (request) => (await import('./read-rows.ts')).readRows(logs, request),
    cubes: (windows, asOf) => labelCubes(logs, windows, asOf),
    arrivals: (windows, asOf) => labelArrivals(logs, windows, asOf),
    countLabelled: (range, asOf) => countLabelled(logs, range, asOf),
    annotations: async (range, asOf) => (await import('./read-annotations.ts')).readAnnotations(logs, range, asOf),
    close: () => engine.close(),
  };
}

function openLogs(engine: Engine, definition: ModelDefinition): OpenLogs {
  const { format, path } = definition.logs;
  const predictions = openLogCatalog(engine, { format, path, fields: predictionFields(definition), firstNumber: 0 });
  const checked = openCheckedLog(engine, predictions, definition);
  const requireInlineLabels = openInlineLabels(engine, predictions, definition);
  if (hasInlineLabels(definition)) return { engine, definition, predictions, checked, labels: null, requireInlineLabels };
  const source = { format: definition.labels.format, path: definition.labels.path };
  const labels = openLogCatalog(engine, { ...source, fields: labelFields(definition), firstNumber: LABEL_NUMBERS });
  return { engine, definition, predictions, checked, labels: openLabelReader(engine, labels, definition), requireInlineLabels };
}
