import { emptyCube, mergeCubes } from '../core/profile/label-cube.ts';
import { mergeQuarantine } from '../core/profile/merge-profiles.ts';
import type { VersionName } from '../core/schema/identifiers.ts';
import type { LabelCube } from '../core/schema/label-cube.ts';
import type { QuarantineCounts } from '../core/schema/quarantine.ts';
import type { Window } from '../core/schema/window.ts';

/** Label cubes by window, read once for a whole run. */
export interface LabelShelf {
  /** Labelled rows of a window, whichever version scored them. */
  labelled(window: Window): number;
  /** Label rows of a window that were set aside, whichever version's cube they were counted on. */
  quarantined(window: Window): QuarantineCounts;
  /** Cubes of the champion's own scores whose windows lie inside a range, oldest first. Rows without a version count as the champion's. */
  champion(range: Window): readonly LabelCube[];
  /** Whether the labels of a window were read at all. */
  covers(window: Window): boolean;
  /** The same, merged; null when there is no labelled row. */
  merged(range: Window): LabelCube | null;
}

/** Sorts cubes into a shelf for one champion. `read`: the windows that were asked for, also those without a label. */
export function labelShelf(cubes: readonly LabelCube[], champion: VersionName, read: readonly Window[] = []): LabelShelf {
  const starts = new Set(read.map(({ start }) => start));
  const sorted = [...cubes].sort((a, b) => (a.window.start < b.window.start ? -1 : a.window.start > b.window.start ? 1 : 0));
  const own = sorted
    .filter(({ modelVersion }) => modelVersion === champion || modelVersion === null)
    .map((cube) => ({ ...cube, modelVersion: champion }));
  const inside = (range: Window) => own.filter(({ window }) => window.start >= range.start && window.end <= range.end);
  return {
    labelled: ({ start }) => sorted.filter(({ window }) => window.start === start).reduce((sum, cube) => sum + cube.labelled, 0),
    quarantined: ({ start }) =>
      sorted
        .filter(({ window }) => window.start === start)
        .reduce((sum, cube) => mergeQuarantine(sum, cube.quarantined), {} as QuarantineCounts),
    champion: inside,
    covers: ({ start }) => starts.has(start),
    merged(range) {
      const found = inside(range);
      return found.length === 0 ? null : mergeCubes([emptyCube(range, champion), ...found]);
    },
  };
}
