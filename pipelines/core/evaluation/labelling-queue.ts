import { foldOfId } from '../digest/fold-of-id.ts';
import type { SliceFigures } from '../schema/group-report.ts';
import type { ModelDefinition } from '../schema/model-definition.ts';
import type { RowTable } from '../schema/row-table.ts';
import { findSlices } from './find-slices.ts';
import { resamplingBlocks } from './resampling-blocks.ts';
import { lossOf, rowLosses } from './row-losses.ts';
import { rowUncertainty } from './row-uncertainty.ts';
import { sliceRows } from './slice-rows.ts';

/** One row that is worth a label. `estimate`: drawn at random, so its label may be counted; `learn`: chosen, so its label teaches and must not be counted. */
export interface QueueItem {
  readonly id: string;
  readonly purpose: 'estimate' | 'learn';
  /** Why it was chosen: 'random', 'uncertain', or the slice that it lies in. */
  readonly why: string;
  /** 0 to 1; null where the model does not say how sure it was. */
  readonly uncertainty: number | null;
}

export interface LabellingQueue {
  readonly items: readonly QueueItem[];
  /** Rows without a label, among which was chosen. */
  readonly eligible: number;
  /** Chance of an eligible row to be drawn at random. */
  readonly randomChance: number;
  /** Slices with large losses that rows were taken from, worst first. */
  readonly slices: readonly Pick<SliceFigures, 'name' | 'challenger'>[];
}

export interface QueueRequest {
  readonly definition: ModelDefinition;
  /** Rows with labels, in which slices are looked for, and rows without, among which is chosen. */
  readonly table: RowTable;
  readonly count: number;
  /** Share of the queue that is drawn at random, 0 to 1. */
  readonly randomShare: number;
}

/** A draw by hash of id: the same rows for the same log, whatever the order of its rows. */
const PLACES = 2 ** 32;
/** Found slices that rows are taken from. */
const WORST = 5;

/**
 * Which rows to label next. A stated share is a simple random sample of the rows without a label, so that something can be estimated from their labels (labels that were chosen for being hard would make any model look bad). Of the
 * rest, half are the rows that the model was least sure of, half lie in declared slices and in those found to have the largest losses, in turn, least sure first. Nothing is chosen twice; what one side lacks, the other gets.
 */
export function labellingQueue({ definition, table, count, randomShare }: QueueRequest): LabellingQueue {
  const eligible = [...table.ids.keys()].filter((row) => Number.isNaN(table.labels[row] ?? Number.NaN));
  const size = Math.min(count, eligible.length);
  const uncertainty = rowUncertainty(definition, table);
  const byChance = eligible.toSorted((a, b) => placeOf(table, a) - placeOf(table, b));
  const random = byChance.slice(0, Math.round(size * randomShare));
  const chosen = new Map(random.map((row) => [row, 'random']));
  const sources = slicesOf(definition, table);
  const bySureness = byChance.toSorted((a, b) => unsure(uncertainty, b) - unsure(uncertainty, a));
  const inSlices = Math.ceil((size - random.length) / 2);
  takeInTurn(chosen, { sources, bySureness, until: random.length + (sources.length === 0 ? 0 : inSlices) });
  const isKnown = (row: number) => !Number.isNaN(uncertainty[row] ?? Number.NaN);
  for (const row of bySureness) if (chosen.size < size && !chosen.has(row) && isKnown(row)) chosen.set(row, 'uncertain');
  takeInTurn(chosen, { sources, bySureness, until: size });
  // Where neither uncertainty nor slices are left, chance decides: more of the same random sample.
  for (const row of byChance) if (chosen.size < size && !chosen.has(row)) chosen.set(row, 'random');
  const items = [...chosen].map(([row, why]): QueueItem => {
    const value = uncertainty[row] ?? Number.NaN;
    return {
      id: table.ids[row] ?? '',
      purpose: why === 'random' ? 'estimate' : 'learn',
      why,
      uncertainty: Number.isNaN(value) ? null : value,
    };
  });
  const drawn = items.filter(({ purpose }) => purpose === 'estimate').length;
  return {
    items,
    eligible: eligible.length,
    randomChance: eligible.length === 0 ? 0 : drawn / eligible.length,
    slices: sources.flatMap(({ figures }) => (items.some(({ why }) => why === figures.name) ? [figures] : [])),
  };
}

function placeOf({ ids }: RowTable, row: number): number {
  return foldOfId(`queue/${ids[row] ?? ''}`, PLACES);
}

function unsure(uncertainty: Float64Array, row: number): number {
  const value = uncertainty[row] ?? Number.NaN;
  return Number.isNaN(value) ? -1 : value;
}

interface SliceSource {
  readonly figures: Pick<SliceFigures, 'name' | 'challenger'>;
  readonly members: ReadonlySet<number>;
}

/** The worst found slices, then the declared ones. */
function slicesOf(definition: ModelDefinition, table: RowTable): SliceSource[] {
  const losses = rowLosses(definition, table.labels, { scores: table.scores, predicted: table.predicted });
  const { found, members } = findSlices(definition, table, {
    loss: lossOf(definition),
    challenger: losses,
    champion: null,
    blocks: resamplingBlocks(table.timestamps),
    level: definition.gate.confidence,
  });
  const declared = definition.slices.map((slice) => ({
    figures: { name: slice.name, challenger: { value: null, interval: null, sampleSize: 0 } },
    members: new Set(sliceRows(slice, table)),
  }));
  return [...found.slice(0, WORST).map((figures, index) => ({ figures, members: new Set(members[index] ?? []) })), ...declared];
}

/** Adds rows of the slices, one from each in turn, least sure first, until so many are chosen or the slices are empty. */
function takeInTurn(
  chosen: Map<number, string>,
  {
    sources,
    bySureness,
    until,
  }: { readonly sources: readonly SliceSource[]; readonly bySureness: readonly number[]; readonly until: number },
): void {
  const queues = sources.map(({ figures, members }) => ({ name: figures.name, rows: bySureness.filter((row) => members.has(row)) }));
  for (let turn = 0; queues.some(({ rows }) => turn < rows.length); turn += 1) {
    for (const { name, rows } of queues) {
      const row = rows[turn];
      if (chosen.size >= until) return;
      if (row !== undefined && !chosen.has(row)) chosen.set(row, name);
    }
  }
}
