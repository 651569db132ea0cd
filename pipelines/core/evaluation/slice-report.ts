import type { SliceReport } from '../schema/group-report.ts';
import type { ModelDefinition } from '../schema/model-definition.ts';
import type { RowTable } from '../schema/row-table.ts';
import { findSlices } from './find-slices.ts';
import { type MeasuredRows, measureSlice } from './measure-slice.ts';
import { protectedGroups } from './protected-groups.ts';
import { resamplingBlocks } from './resampling-blocks.ts';
import { type Answers, lossOf, rowLosses } from './row-losses.ts';
import { sliceRows } from './slice-rows.ts';
import { withheldSlices } from './withheld-slices.ts';

export interface SliceMaterial {
  readonly definition: ModelDefinition;
  /** Labelled rows. */
  readonly rows: RowTable;
  readonly challenger: Answers;
  readonly champion: Answers | null;
  /** Bounds of numeric groups that were fixed before, by column: as for `fairnessReport`. */
  readonly frozen?: Readonly<Record<string, readonly number[]>> | undefined;
}

/** Where a model errs: all rows, the slices that the definition declares, and slices that are found. */
export function sliceReport({ definition, rows, challenger, champion, frozen }: SliceMaterial): SliceReport {
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
  const everyRow = [...rows.ids.keys()];
  const declared = definition.slices.map((slice) => ({ ...slice, positions: sliceRows(slice, rows) }));
  const known = everyRow.filter((row) => !Number.isNaN(measured.challenger[row] ?? Number.NaN));
  const groups = toldGroups(definition, rows, frozen);
  const withheld = withheldSlices(declared, { known, groups, minimumCount });
  return {
    loss: measured.loss,
    overall: measureSlice('all rows', everyRow, { ...measured, least: 1, minimumCount: 1 }),
    declared: declared.map(({ name, positions }, place) =>
      measureSlice(name, positions, { ...measured, least, minimumCount, isWithheld: withheld.has(place) }),
    ),
    found,
    search,
    method: `Intervals over ${blocks.words}: ${measured.loss === 'wrong calls' ? 'Wilson on effective rows' : 'Student'}; the increase is paired, Student`,
  };
}

/** The rows of each protected group that is counted beside the slices. */
function toldGroups(definition: ModelDefinition, rows: RowTable, frozen: SliceMaterial['frozen']): (readonly number[])[] {
  if (definition.slices.length === 0) return [];
  const sizes = { minimumRows: definition.monitoring.fairness.minimumRows, minimumCount: definition.privacy.minimumCount };
  const columns = definition.columns.filter(({ role }) => role === 'protected');
  return columns.flatMap((column) =>
    protectedGroups(column, rows, { ...sizes, frozen: frozen?.[column.name] }).groups.map(({ positions }) => positions),
  );
}
