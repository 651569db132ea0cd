import { digestValue } from '../digest/sha256.ts';
import { UserError } from '../errors/user-error.ts';
import type { Column } from '../schema/column.ts';
import type { GroupPromise } from '../schema/group-report.ts';
import type { VersionName } from '../schema/identifiers.ts';
import type { LabelCube } from '../schema/label-cube.ts';
import type { LagCurve } from '../schema/lag-curve.ts';
import type { ModelDefinition } from '../schema/model-definition.ts';
import type { ReferenceProfile, WindowFigures } from '../schema/reference-profile.ts';
import type { Window } from '../schema/window.ts';
import { type ColumnProfile, type Grid, PREDICTION_COLUMN, SCORE_COLUMN, type WindowProfile } from '../schema/window-profile.ts';
import { learnBinning } from './binning.ts';
import { type ClassRule, classLosses, type LostRows } from './class-losses.ts';
import { columnDispersions, weeklyDispersions } from './column-dispersions.ts';
import { cubeMetrics } from './cube-metrics.ts';
import { estimateDispersions } from './estimate-dispersions.ts';
import { foldCategories } from './fold-categories.ts';
import { emptyCube, mergeCubes } from './label-cube.ts';
import { type LearntLosses, learnLossModel } from './learn-loss-model.ts';
import { emptyProfile, mergeProfiles } from './merge-profiles.ts';
import { raiseRest } from './raise-rest.ts';
import { restlessRows } from './restless-rows.ts';
import { windowFigure } from './window-figure.ts';

/** What a reference is made of: the windows of its range, and this version's scores against the labels of the range. */
export interface ReferenceMaterial {
  readonly definition: ModelDefinition;
  readonly version: VersionName;
  readonly range: Window;
  readonly windowSeconds: number;
  readonly windows: readonly WindowProfile[];
  readonly grids: Readonly<Record<string, Grid>>;
  /** One a window of the range, for what each gave by itself; or one of the whole range. */
  readonly cubes: readonly LabelCube[];
  /** How late labels came, of windows of the range and of others. Left out: not known. */
  readonly lagCurve?: LagCurve | null;
  /** What the version promises for its slices and groups. Left out: nothing. */
  readonly groups?: GroupPromise | null;
  /** Rows of the range, for what counts cannot show. Left out: nothing of it is kept. */
  readonly sample?: ReferenceSample;
}

/** Rows of the range with the loss of this version on each, and what was learnt from them. */
export interface ReferenceSample extends LostRows {
  readonly recognised: NonNullable<ReferenceProfile['recognised']>;
  readonly importance: NonNullable<ReferenceProfile['importance']>;
  /** What this version answers for the rows. Left out: of a regression, no loss model is learnt. */
  readonly scores?: Float64Array;
}

/**
 * The profile that is frozen with a version: all windows merged, rare and personal values folded, classes learnt, metrics promised.
 * Throws UserError REFERENCE_EMPTY when the range holds no row: nothing could be compared with it.
 */
export function buildReference(material: ReferenceMaterial): ReferenceProfile {
  const { definition, version, range } = material;
  const merged = material.windows.reduce(mergeProfiles, emptyProfile(definition.name, range));
  if (merged.rows === 0) {
    throw new UserError({
      code: 'REFERENCE_EMPTY',
      message: `The log of ${definition.name} has no row from ${range.start} to ${range.end}, so ${version} has no reference.`,
      hint: 'Choose a range of the log that holds predictions.',
    });
  }
  const byName = new Map(definition.columns.map((column) => [column.name, column]));
  const folded = Object.entries(merged.columns).map(
    ([name, column]) => [name, committed(column, byName.get(name), definition.privacy.minimumCount)] as const,
  );
  const binnings = Object.fromEntries(folded.map(([name, column]) => [name, learnBinning(column)]));
  const labels = mergeCubes([{ ...emptyCube(range, version) }, ...material.cubes.map((cube) => ({ ...cube, modelVersion: version }))]);
  const rule = { binnings, grids: material.grids, minimumCount: definition.privacy.minimumCount };
  const losses = learntLosses(material, binnings);
  const reference = {
    schemaVersion: 1 as const,
    model: definition.name,
    version,
    range,
    windowSeconds: material.windowSeconds,
    rowsByWindow: material.windows.map(({ window, rows }): [string, number] => [window.start, rows]),
    grids: { ...material.grids },
    binnings,
    dispersions: columnDispersions(material.windows, { binnings, minimumRows: definition.monitoring.minimumRows }),
    weeklyDispersions: weeklyDispersions(material.windows, {
      binnings: ofPredictions(binnings),
      minimumRows: definition.monitoring.minimumRows,
    }),
    ...(material.sample === undefined ? {} : sampled(definition, material.sample, { rule, windows: material.windows })),
    profile: { ...merged, columns: Object.fromEntries(folded) },
    labels,
    promise: cubeMetrics(labels, definition),
    figures: windowFigures(definition, material.cubes),
    estimateDispersions: losses?.dispersions ?? estimateDispersions(material.cubes, { labels, task: definition }),
    ...(losses === null ? {} : { lossModel: losses.lossModel }),
    ...(material.groups == null ? {} : { groups: material.groups }),
    ...(material.lagCurve == null ? {} : { lagCurve: material.lagCurve }),
  };
  return { ...reference, digest: digestValue(reference) };
}

/** Where the definition lists the values, the names of those that are folded are no secret, and so their rows must be. */
function committed(profile: ColumnProfile, column: Column | undefined, minimumCount: number): ColumnProfile {
  const folded = foldCategories(profile, column, minimumCount);
  return column?.values === undefined ? folded : raiseRest(folded, minimumCount);
}

function ofPredictions(binnings: ReferenceProfile['binnings']): ReferenceProfile['binnings'] {
  return Object.fromEntries(Object.entries(binnings).filter(([name]) => name === SCORE_COLUMN || name === PREDICTION_COLUMN));
}

function learntLosses({ definition, grids, windows, sample }: ReferenceMaterial, binnings: ClassRule['binnings']): LearntLosses | null {
  if (sample?.scores === undefined) return null;
  const { rows, scores, recognised } = sample;
  return learnLossModel({ definition, rows, scores, recognised, binnings, grids, windows: windows.map(({ window }) => window) });
}

function windowFigures(definition: ModelDefinition, cubes: readonly LabelCube[]): WindowFigures {
  const windows = cubes.map((cube): WindowFigures['windows'][number] => {
    const { labelled, value } = windowFigure(cube, definition);
    return [cube.window.start, labelled, value];
  });
  return { metric: definition.monitoring.performance.metric, windows };
}

function sampled(
  definition: ModelDefinition,
  sample: ReferenceSample,
  { rule, windows }: { readonly rule: ClassRule; readonly windows: readonly WindowProfile[] },
): Pick<ReferenceProfile, 'restless' | 'recognised' | 'importance' | 'losses' | 'lossNoise'> {
  const { rows, recognised, importance } = sample;
  const restless = restlessRows(definition, { rows, windows: windows.map(({ window }) => window), recognised });
  return { ...(restless === null ? {} : { restless }), recognised, importance, ...classLosses(sample, rule) };
}
