import type { Instant } from '../core/schema/instant.ts';
import type { LabelCube } from '../core/schema/label-cube.ts';
import type { Window } from '../core/schema/window.ts';

/** Ground truth that arrives after the predictions, joined by id. */
export interface LabelLog {
  /** Cubes of each window, one a model version that has labelled rows (versions ascending); no labelled row, no cube. */
  cubes(windows: readonly Window[], asOf: Instant): Promise<readonly LabelCube[]>;
  /** Rows of a range whose label had arrived by asOf. */
  countLabelled(range: Window, asOf: Instant): Promise<number>;
}
