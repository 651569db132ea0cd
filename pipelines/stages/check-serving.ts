import { UserError } from '../core/errors/user-error.ts';
import { selectRows } from '../core/evaluation/select-rows.ts';
import type { Deployment } from '../core/schema/deployment.ts';
import type { VersionName } from '../core/schema/identifiers.ts';
import type { Instant } from '../core/schema/instant.ts';
import type { InputEncoding } from '../core/schema/model-artifact.ts';
import type { ModelDefinition } from '../core/schema/model-definition.ts';
import type { RowTable } from '../core/schema/row-table.ts';
import type { ServingCheck } from '../core/schema/serving-check.ts';
import type { Window } from '../core/schema/window.ts';
import { compareServed } from '../core/signals/serving-skew.ts';
import type { ModelRepository } from '../ports/model-repository.ts';
import type { PredictionLog } from '../ports/prediction-log.ts';
import type { Predictor, TrainingRuntime } from '../ports/training-runtime.ts';
import type { SampleReader } from './read-sample.ts';
import { readVersion } from './read-version.ts';

/** Rows that are answered again: enough to see a hundredth of broken rows, cheap enough for every run. */
const MOST_ROWS = 2000;

/** The version that serves, as its files say. */
export interface ServingModel {
  readonly predictor: Predictor;
  readonly inputs: readonly InputEncoding[];
}

/** Loads the version that serves. Throws a UserError when its bytes are missing or not what they should be. */
export type LoadServing = (version: VersionName) => Promise<ServingModel>;

/** Loads from the version folders of one repository. Nothing is read before it is asked for. */
export function servingLoader(repository: ModelRepository, model: string, load: TrainingRuntime['load']): LoadServing {
  return async (version) => {
    const stored = await readVersion(repository, model, version);
    const [problem] = stored.problems;
    if (problem === undefined) return { predictor: await load(stored.model), inputs: stored.model.artifact.inputs };
    throw new UserError({
      code: 'VERSION_FILE_INVALID',
      message: `models/${model}/versions/${version}: ${problem}`,
      hint: 'restore it from git, or train the version again',
    });
  };
}

export interface ServingTask {
  readonly definition: ModelDefinition;
  readonly log: PredictionLog;
  readonly champion: VersionName;
  /** The newest window. */
  readonly window: Window;
  readonly asOf: Instant;
  readonly load: LoadServing;
  /** Reads the sample of the window that its signals need too. Left out, or where it is larger than what is answered again: rows are read here. */
  readonly sampleOf?: SampleReader;
}

/** What the serving version's files say of a window: its encodings, and whether it gives the logged answers again. */
export interface CheckedServing {
  readonly encodings: readonly InputEncoding[];
  readonly check: ServingCheck;
}

/** Answers a sample of the newest window again (at most 2,000 rows, by hash of id). That the version's bytes cannot be read is an outcome, not an error. */
export async function checkServing(task: ServingTask): Promise<CheckedServing> {
  const { definition, champion, load } = task;
  try {
    const { predictor, inputs } = await load(champion);
    try {
      const sample = await rowsOf(task);
      const rows = selectRows(sample, championRows(sample, champion));
      const compared = compareServed(rows, await predictor.predict(rows), definition.task);
      const versionsNamed = definition.logs.columns.modelVersion !== undefined && rows.versions.every((version) => version !== null);
      return { encodings: inputs, check: { ...compared, versionsNamed, problem: null } };
    } finally {
      predictor.dispose();
    }
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { encodings: [], check: { rows: 0, mismatched: 0, largest: 0, versionsNamed: false, problem: error.message } };
  }
}

/** A sample that holds no more rows than are asked for here holds the very same ones. */
async function rowsOf({ definition, log, window, asOf, sampleOf }: ServingTask): Promise<RowTable> {
  const limit = Math.min(MOST_ROWS, definition.monitoring.sampleRows);
  const sample = (await sampleOf?.(window)) ?? null;
  return sample !== null && sample.window.ids.length <= limit
    ? sample.window
    : log.rows({ range: window, asOf, limit, labelledOnly: false });
}

/** What of it a window's signals are told: the encodings in every window, the answers in the newest. */
export type ServedPart = { readonly encodings?: CheckedServing['encodings']; readonly serving?: ServingCheck | null };

/** Checks the newest window once, and gives each window its part; nothing where there is no new window or nobody can load the version that serves. */
export async function servingReader(
  input: Pick<ServingTask, 'definition' | 'log' | 'asOf' | 'sampleOf'> & {
    readonly deployment: Deployment;
    readonly serving?: LoadServing;
  },
  newest: Window | undefined,
): Promise<(window: Window) => ServedPart> {
  const { definition, deployment, log, asOf, sampleOf, serving } = input;
  if (serving === undefined || newest === undefined) return () => ({});
  const { encodings, check } = await checkServing({
    definition,
    log,
    champion: deployment.production,
    window: newest,
    asOf,
    load: serving,
    ...(sampleOf === undefined ? {} : { sampleOf }),
  });
  return (window) => ({ encodings, serving: window.start === newest.start ? check : null });
}

/** Rows without a version count as the champion's, as everywhere. */
function championRows(rows: RowTable, champion: VersionName): number[] {
  return rows.ids.flatMap((_, row) => ((rows.versions[row] ?? champion) === champion ? [row] : []));
}
