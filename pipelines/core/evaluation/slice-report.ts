import type { SliceReport } from '../schema/group-report.ts';
import type { ModelDefinition } from '../schema/model-definition.ts';
import type { RowTable } from '../schema/row-table.ts';
import { findSlices } from './find-slices.ts';
import { type MeasuredRows, measureSlice } from './measure-slice.ts';
import { resamplingBlocks } from './resampling-blocks.ts';
import { type Answers, lossOf, rowLosses } from './row-losses.ts';
import { sliceRows } from './slice-rows.ts';

export interface SliceMaterial {
  readonly definition: ModelDefinition;
  /** Labelled rows. */
  readonly rows: RowTable;
  readonly challenger: Answers;
  readonly champion: Answers | null;
}

/** Where a model errs: all rows, the slices that the definition declares, and slices that are found. */
export function sliceReport({ definition, rows, challenger, champion }: SliceMaterial): SliceReport {
  const blocks = resamplingBlocks(rows.timestamps);
  const measured: MeasuredRows = {
    loss: lossOf(definition),
    challenger: rowLosses(definition, rows.labels, challenger),
    champion: champion === null ? null : rowLosses(definition, rows.labels, champion),
    blocks,
    level: definition.gate.confidence,
  };
  const { minimumCount } = definition.privacy;
  const least = Math.max(definition.monitoring.slices.minimumRows, minimumCount);
  const { found, search } = definition.monitoring.slices.find ? findSlices(definition, rows, measured) : { found: [], search: null };
  return {
    loss: measured.loss,
    overall: measureSlice('all rows', [...rows.ids.keys()], { ...measured, least: 1, minimumCount }),
    declared: definition.slices.map((slice) => measureSlice(slice.name, sliceRows(slice, rows), { ...measured, least, minimumCount })),
    found,
    search,
    method: `Intervals over ${blocks.words}: ${measured.loss === 'wrong calls' ? 'Wilson on effective rows' : 'Student'}; the increase is paired, Student`,
  };
}
