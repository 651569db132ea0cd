import { z } from 'zod';
import { ModelName } from './identifiers.ts';
import { LogIntegrity } from './log-integrity.ts';
import { QuarantineCounts } from './quarantine.ts';
import { Window } from './window.ts';

/**
 * A fine fixed grid over a numeric column: 256 cells of equal width on [lower, upper), on x or on ln(x).
 * Cell k holds lower + k·width <= x < lower + (k+1)·width; cells below 0 and above 255 (to the range of a 16-bit integer) hold the tails.
 * Grids are frozen per model and column: profiles on different grids do not merge.
 */
export const Grid = z
  .strictObject({
    id: z.string().describe('First 16 hexadecimal digits of the SHA-256 of the other fields'),
    transform: z.enum(['identity', 'log']),
    lower: z.number(),
    width: z.number().positive(),
    cells: z.literal(256),
  })
  .meta({ id: 'Grid' });
export type Grid = z.infer<typeof Grid>;

/** One occupied cell of a numeric column: [cell, rows, sum of x, sum of x²]. */
export const GridCell = z.tuple([z.int().min(-32_768).max(32_767), z.int().positive(), z.number(), z.number()]);
export type GridCell = z.infer<typeof GridCell>;

export const NumericColumnProfile = z
  .strictObject({
    kind: z.literal('numeric'),
    grid: z.string().describe('Id of the grid'),
    rows: z.int().nonnegative(),
    missing: z.int().nonnegative(),
    nonFinite: z.int().nonnegative().describe('NaN, infinite, or too far out for the grid'),
    cells: z.array(GridCell).describe('Occupied cells, ascending'),
  })
  .meta({ id: 'NumericColumnProfile' });
export type NumericColumnProfile = z.infer<typeof NumericColumnProfile>;

export const CategoricalColumnProfile = z
  .strictObject({
    kind: z.literal('categorical'),
    rows: z.int().nonnegative(),
    missing: z.int().nonnegative(),
    counts: z.record(z.string(), z.int().positive()).describe('Rows of the most frequent values (at most 1,000)'),
    other: z.int().nonnegative().describe('Rows of all further values'),
    distinct: z.int().nonnegative().describe('Distinct values; after a merge the largest of the parts (a lower bound)'),
  })
  .meta({ id: 'CategoricalColumnProfile' });
export type CategoricalColumnProfile = z.infer<typeof CategoricalColumnProfile>;

export const ColumnProfile = z.discriminatedUnion('kind', [NumericColumnProfile, CategoricalColumnProfile]).meta({ id: 'ColumnProfile' });
export type ColumnProfile = z.infer<typeof ColumnProfile>;

/**
 * Everything additive about one window of the prediction log: counts, never rows. A commutative monoid under `mergeProfiles`.
 * `columns` holds each feature and protected column of the definition by name, the score as `$score`, the called class as `$prediction` and the
 * latency as `$latencyMs` where they are logged.
 */
export const WindowProfile = z
  .strictObject({
    schemaVersion: z.literal(1),
    model: ModelName,
    window: Window,
    rows: z.int().nonnegative(),
    versions: z.record(z.string(), z.int().positive()).describe('Rows by model version; empty when the log names none'),
    errors: z.int().nonnegative().describe('Rows whose error column is filled'),
    quarantined: QuarantineCounts,
    columns: z.record(z.string(), ColumnProfile),
    days: z
      .record(z.iso.date(), z.int().positive())
      .optional()
      .describe('Rows by UTC day, days without a row left out; of windows longer than a day. Left out: not counted'),
    hours: z.array(z.int().nonnegative()).length(24).optional().describe('Rows by hour of the UTC day; left out: not counted'),
    integrity: LogIntegrity.optional().describe('What the files tell beside the values; left out: nobody looked'),
  })
  .meta({ id: 'WindowProfile' });
export type WindowProfile = z.infer<typeof WindowProfile>;

export const SCORE_COLUMN = '$score';
/** The called class of a multiclass model, counted as a categorical column. */
export const PREDICTION_COLUMN = '$prediction';
export const LATENCY_COLUMN = '$latencyMs';
