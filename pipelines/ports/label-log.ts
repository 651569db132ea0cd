import type { Annotations } from '../core/schema/annotations.ts';
import type { Instant } from '../core/schema/instant.ts';
import type { LabelArrivals } from '../core/schema/label-arrivals.ts';
import type { LabelCube } from '../core/schema/label-cube.ts';
import type { Window } from '../core/schema/window.ts';

/** Ground truth that arrives after the predictions, joined by id. */
export interface LabelLog {
  /** Cubes of each window, one a model version that has labelled rows (versions ascending); no labelled row, no cube. */
  cubes(windows: readonly Window[], asOf: Instant): Promise<readonly LabelCube[]>;
  /** How long after their predictions the labels of each window arrived, one a window in the order given; a window without labels has counts of zero. */
  arrivals(windows: readonly Window[], asOf: Instant): Promise<readonly LabelArrivals[]>;
  /** Rows of a range whose label had arrived by asOf. */
  countLabelled(range: Window, asOf: Instant): Promise<number>;
  /** What annotators had said by the end of a range of time of rows that one of them labelled in it; null for labels without annotators. Left out: there are none. */
  annotations?(range: Window, asOf: Instant): Promise<Annotations | null>;
}
