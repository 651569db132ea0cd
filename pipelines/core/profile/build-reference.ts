import { digestValue } from '../digest/sha256.ts';
import { UserError } from '../errors/user-error.ts';
import type { VersionName } from '../schema/identifiers.ts';
import type { LabelCube } from '../schema/label-cube.ts';
import type { ModelDefinition } from '../schema/model-definition.ts';
import type { ReferenceProfile } from '../schema/reference-profile.ts';
import type { Window } from '../schema/window.ts';
import type { Grid, WindowProfile } from '../schema/window-profile.ts';
import { learnBinning } from './binning.ts';
import { columnDispersions } from './column-dispersions.ts';
import { cubeMetrics } from './cube-metrics.ts';
import { foldCategories } from './fold-categories.ts';
import { emptyCube, mergeCubes } from './label-cube.ts';
import { emptyProfile, mergeProfiles } from './merge-profiles.ts';

/** What a reference is made of: the windows of its range, and this version's scores against the labels of the range. */
export interface ReferenceMaterial {
  readonly definition: ModelDefinition;
  readonly version: VersionName;
  readonly range: Window;
  readonly windowSeconds: number;
  readonly windows: readonly WindowProfile[];
  readonly grids: Readonly<Record<string, Grid>>;
  readonly cubes: readonly LabelCube[];
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
    ([name, column]) => [name, foldCategories(column, byName.get(name), definition.privacy.minimumCount)] as const,
  );
  const binnings = Object.fromEntries(folded.map(([name, column]) => [name, learnBinning(column)]));
  const labels = mergeCubes([{ ...emptyCube(range, version) }, ...material.cubes.map((cube) => ({ ...cube, modelVersion: version }))]);
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
    profile: { ...merged, columns: Object.fromEntries(folded) },
    labels,
    promise: cubeMetrics(labels, definition),
  };
  return { ...reference, digest: digestValue(reference) };
}
