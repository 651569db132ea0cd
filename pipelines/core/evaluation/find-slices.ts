import { foldOfId } from '../digest/fold-of-id.ts';
import type { SliceFigures, SliceReport } from '../schema/group-report.ts';
import type { ModelDefinition } from '../schema/model-definition.ts';
import type { RowTable } from '../schema/row-table.ts';
import { benjaminiHochberg } from '../statistics/hypotheses/benjamini-hochberg.ts';
import { clusteredDifference } from '../statistics/intervals/clustered-difference.ts';
import { blockTotals } from './block-totals.ts';
import { type MeasuredRows, measureSlice } from './measure-slice.ts';
import { type SliceCandidate, sliceCandidates } from './slice-candidates.ts';
import { type ColumnParts, sliceCodes } from './slice-codes.ts';

/** Slices that are tested at most: each costs the others some power. */
const TESTED = 20;
/** Candidates that are looked through for those. */
const RANKED = 300;
/** Slices that share more of their rows than this say the same. */
const SHARED_ROWS = 0.6;

/** Found slices, worst first, with what the search did. */
export interface FoundSlices extends Required<Pick<SliceReport, 'found' | 'search'>> {
  /** Positions of all rows of each found slice, without a label too. */
  readonly members: readonly (readonly number[])[];
}

/**
 * Looks for slices of one and two columns with a larger loss than the rest. The rows are halved by hash of id: one half chooses at most twenty slices, the other half tests and measures them, so that having
 * searched spoils nothing. A slice is reported when its one-sided p value over days passes Benjamini-Hochberg among the tested ones; its interval has the level 1 − (1 − level) · reported/tested, which
 * keeps the expected share of reported intervals that miss at 1 − level (Benjamini and Yekutieli 2005, https://doi.org/10.1198/016214504000001907).
 */
export function findSlices(definition: ModelDefinition, table: RowTable, measured: MeasuredRows): FoundSlices {
  const { minimumRows, falseDiscoveryRate } = definition.monitoring.slices;
  const { minimumCount } = definition.privacy;
  const least = Math.max(minimumRows, minimumCount);
  const known = [...table.ids.keys()].filter((row) => !Number.isNaN(measured.challenger[row] ?? Number.NaN));
  const discovery = known.filter((row) => foldOfId(table.ids[row] ?? '', 2) === 0);
  const test = known.filter((row) => foldOfId(table.ids[row] ?? '', 2) === 1);
  const columns = sliceCodes(definition, table, { learnFrom: discovery, least });
  const { candidates, lookedAt } = sliceCandidates({ columns, losses: measured.challenger, rows: discovery, least });
  const tested = distinct(candidates, { columns, rows: discovery })
    .map((candidate) => ({ candidate, name: nameOf(candidate, columns), positions: test.filter((row) => isIn(candidate, columns, row)) }))
    .filter(({ positions }) => positions.length >= least && test.length - positions.length >= minimumCount);
  const pValues = tested.map(({ positions }) => pValueOf(positions, test, measured));
  const adjusted = benjaminiHochberg(pValues);
  const reported = tested.flatMap((slice, index) =>
    (adjusted[index] ?? 1) <= falseDiscoveryRate ? [{ ...slice, pValue: adjusted[index] ?? 1 }] : [],
  );
  const level = 1 - ((1 - measured.level) * reported.length) / Math.max(1, tested.length);
  const found = reported
    .map(({ candidate, name, positions, pValue }) => {
      const figures: SliceFigures = { ...measureSlice(name, positions, { ...measured, level, least, minimumCount }), pValue };
      return { candidate, figures };
    })
    .sort((a, b) => (b.figures.challenger.value ?? 0) - (a.figures.challenger.value ?? 0));
  const everyRow = [...table.ids.keys()];
  return {
    found: found.map(({ figures }) => figures),
    members: found.map(({ candidate }) => everyRow.filter((row) => isIn(candidate, columns, row))),
    search: { candidates: lookedAt, tested: tested.length, falseDiscoveryRate, discoveryRows: discovery.length, testRows: test.length },
  };
}

function isIn({ parts }: SliceCandidate, columns: readonly ColumnParts[], row: number): boolean {
  return parts.every(({ column, part }) => columns[column]?.codes[row] === part);
}

function nameOf({ parts }: SliceCandidate, columns: readonly ColumnParts[]): string {
  return parts.map(({ column, part }) => columns[column]?.names[part] ?? '').join(' and ');
}

/** The best candidates of which no two share most of their rows. */
function distinct(
  candidates: readonly SliceCandidate[],
  { columns, rows }: { readonly columns: readonly ColumnParts[]; readonly rows: readonly number[] },
): SliceCandidate[] {
  const kept: { readonly candidate: SliceCandidate; readonly members: ReadonlySet<number> }[] = [];
  for (const candidate of candidates.slice(0, RANKED)) {
    if (kept.length === TESTED) break;
    const members = new Set(rows.filter((row) => isIn(candidate, columns, row)));
    if (!kept.some((other) => overlap(other.members, members) > SHARED_ROWS)) kept.push({ candidate, members });
  }
  return kept.map(({ candidate }) => candidate);
}

/** Jaccard's share of common members. */
function overlap(a: ReadonlySet<number>, b: ReadonlySet<number>): number {
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  let shared = 0;
  for (const member of small) if (large.has(member)) shared += 1;
  return shared / (a.size + b.size - shared);
}

function pValueOf(positions: readonly number[], all: readonly number[], { challenger, blocks }: MeasuredRows): number {
  const inside = new Set(positions);
  const outside = all.filter((row) => !inside.has(row));
  return clusteredDifference(blockTotals(challenger, positions, blocks), blockTotals(challenger, outside, blocks))?.pValue ?? 1;
}
