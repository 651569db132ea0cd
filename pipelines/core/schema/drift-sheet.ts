import { z } from 'zod';
import { Interval } from './interval.ts';

/** How the p values of a sheet are corrected for the number of columns. */
export const SheetAdjustment = z.enum(['bonferroni', 'sidak', 'holm', 'hochberg', 'benjaminiHochberg', 'benjaminiYekutieli']);
export type SheetAdjustment = z.infer<typeof SheetAdjustment>;

/** When a column of a sheet has drifted: evidence, effect and enough rows, all three. */
export const SheetRule = z.strictObject({
  method: z.enum(['jensenShannon', 'populationStabilityIndex']).describe('Distance that decides'),
  effectFloor: z.number().positive().describe('Smallest distance that matters'),
  falseDiscoveryRate: z.number().gt(0).lt(1).describe('Largest adjusted p value that counts as evidence'),
  adjustment: SheetAdjustment,
  minimumRows: z.int().positive().describe('Fewer rows than this on a side: insufficient-data'),
});
export type SheetRule = z.infer<typeof SheetRule>;

/** `deciding`: with the rule, this figure decides the verdict. `report`: for reading. `report-only`: one far value or one empty class can make any figure of it. */
const Use = z.enum(['deciding', 'report', 'report-only']);

/** One distance between the two samples of a column. */
export const SheetDistance = z.strictObject({
  id: z.string().describe('Name of the measure, the same in every version'),
  value: z.number().nullable().describe('null: it has no finite value; the note says why'),
  chance: z.number().optional().describe('What it is about without any drift at these rows'),
  largest: z.number().optional().describe('Its upper bound; left out: it has none'),
  use: Use,
  note: z.string().optional(),
});
export type SheetDistance = z.infer<typeof SheetDistance>;

/** One test of whether the two samples of a column were drawn alike. */
export const SheetTest = z.strictObject({
  id: z.string().describe('Name of the test, the same in every version'),
  statistic: z.number().nullable(),
  degreesOfFreedom: z.number().optional(),
  pValue: z.number().min(0).max(1).nullable().describe('null: it could not be made; the note says why'),
  estimate: z.number().optional().describe('What the interval is about, e.g. the difference of the means'),
  interval: Interval.optional(),
  use: Use,
  note: z.string().optional(),
});
export type SheetTest = z.infer<typeof SheetTest>;

/** Rows of one class on both sides. */
export const SheetClass = z.strictObject({
  label: z.string(),
  reference: z.int().nonnegative(),
  current: z.int().nonnegative(),
});
export type SheetClass = z.infer<typeof SheetClass>;

/** A share of the rows on both sides; `interval` and `pValue` are of the difference, null where a side has no rows. */
export const SheetShare = z.strictObject({
  reference: z.number().min(0).max(1),
  current: z.number().min(0).max(1),
  interval: Interval.nullable(),
  pValue: z.number().min(0).max(1).nullable(),
});
export type SheetShare = z.infer<typeof SheetShare>;

const Figure = z.strictObject({ value: z.number(), standardError: z.number().nullable() });

/** What the numbers of one side look like. Means, sums and deviations have no bound: for reading only. */
export const SheetSummary = z.strictObject({
  rows: z.int().nonnegative().describe('With a number'),
  mean: Figure,
  sum: Figure,
  median: Figure,
  standardDeviation: Figure,
  quantiles: z.array(z.tuple([z.number(), z.number()])).describe('[share, value below which that share lies], linear between neighbours'),
});
export type SheetSummary = z.infer<typeof SheetSummary>;

export const SheetVerdict = z.enum([
  'drifted',
  'kind-changed',
  'only-in-reference',
  'only-in-current',
  'no-drift',
  'insufficient-data',
  'left-out',
]);
export type SheetVerdict = z.infer<typeof SheetVerdict>;

/** One column, as it was and as it is. */
export const ColumnSheet = z.strictObject({
  name: z.string(),
  kind: z.enum(['numeric', 'categorical', 'text', 'time', 'empty']),
  verdict: SheetVerdict,
  why: z.string().describe('The verdict in a sentence'),
  notes: z.array(z.string()).describe('What was found while reading, and what was assumed'),
  rows: z.strictObject({ reference: z.int().nonnegative(), current: z.int().nonnegative() }),
  missing: SheetShare.nullable(),
  unseen: SheetShare.nullable().describe('Values that the reference never held; null for numbers'),
  effect: z
    .strictObject({ id: z.string(), value: z.number(), limit: z.number().describe('The floor, raised by what chance gives') })
    .nullable(),
  evidence: z
    .strictObject({
      test: z.string(),
      pValue: z.number(),
      qValue: z.number().nullable().describe('Adjusted; null: left out of the family'),
    })
    .nullable(),
  mover: SheetClass.nullable().describe('The class whose share changed most'),
  medians: z.strictObject({ reference: z.number(), current: z.number() }).nullable().describe('Of numbers; of texts, of their lengths'),
  classes: z.array(SheetClass).describe('Frozen at the reference; missing, other and unseen are classes of their own'),
  distances: z.array(SheetDistance),
  tests: z.array(SheetTest),
  summaries: z.strictObject({ reference: SheetSummary, current: SheetSummary }).nullable(),
});
export type ColumnSheet = z.infer<typeof ColumnSheet>;

/** One side of a comparison. */
export const SheetSide = z.strictObject({
  name: z.string(),
  rows: z.int().nonnegative().describe('Rows compared'),
  of: z.int().nonnegative().describe('Rows there are; more than `rows`: a sample was taken'),
});
export type SheetSide = z.infer<typeof SheetSide>;

/** The answer of `holdfast compare --json`: every column of two samples, what matters first. */
export const DriftSheet = z
  .strictObject({
    schemaVersion: z.literal(1),
    model: z.string().nullable(),
    reference: SheetSide,
    current: SheetSide,
    rule: SheetRule,
    tested: z.int().nonnegative().describe('Columns that the p values were adjusted over'),
    notes: z.array(z.string()),
    columns: z.array(ColumnSheet),
  })
  .meta({ id: 'DriftSheet' });
export type DriftSheet = z.infer<typeof DriftSheet>;
