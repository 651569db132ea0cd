import { emptyCube } from '../../core/profile/label-cube.ts';
import type { LabelCube } from '../../core/schema/label-cube.ts';

/** What a query over labelled rows gives, both by place of window. */
export interface CountedCells {
  readonly cubes: ReadonlyMap<number, readonly LabelCube[]>;
  /** Rows whose label was stamped too early. */
  readonly early: ReadonlyMap<number, number>;
}

/** A cube that is still to be told its window. */
export function unplacedCube(version: string | null): LabelCube {
  return emptyCube({ start: '1970-01-01T00:00:00Z', end: '1970-01-01T00:00:00Z' }, version);
}
