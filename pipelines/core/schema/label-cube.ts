import { z } from 'zod';
import { VersionName } from './identifiers.ts';
import { QuarantineCounts } from './quarantine.ts';
import { Window } from './window.ts';

/** [score cell 0..4095, negative rows, positive rows, sum of score, sum of score²]. Cell = min(4095, floor(score · 4096)). */
export const LabelCell = z.tuple([z.int().min(0).max(4095), z.int().nonnegative(), z.int().nonnegative(), z.number(), z.number()]);
export type LabelCell = z.infer<typeof LabelCell>;

/** Rows by called and true class, as places in `labels.classes`: [called, true, rows]. */
export const ConfusionCell = z.tuple([z.int().nonnegative(), z.int().nonnegative(), z.int().positive()]);
export type ConfusionCell = z.infer<typeof ConfusionCell>;

/** Sums over rows of the error e = prediction − label and of the label y: what the mean errors, R² and their standard errors need. */
export const ErrorSums = z.strictObject({
  absolute: z.number().nonnegative().describe('Σ |e|'),
  signed: z.number().describe('Σ e'),
  squares: z.number().nonnegative().describe('Σ e²'),
  fourths: z.number().nonnegative().describe('Σ e⁴'),
  labels: z.number().describe('Σ y'),
  labelSquares: z.number().nonnegative().describe('Σ y²'),
  labelThirds: z.number().describe('Σ y³'),
  labelFourths: z.number().nonnegative().describe('Σ y⁴'),
  squaresByLabels: z.number().describe('Σ e² y'),
  squaresByLabelSquares: z.number().nonnegative().describe('Σ e² y²'),
});
export type ErrorSums = z.infer<typeof ErrorSums>;

/**
 * Scores against arrived labels of one window and version. Additive: late labels add rows to old windows.
 * Of a multiclass model the cells hold its confidence, positive where the called class was right; of a regression there are no cells, only errors.
 */
export const LabelCube = z
  .strictObject({
    schemaVersion: z.literal(1),
    window: Window,
    modelVersion: VersionName.nullable(),
    labelled: z.int().nonnegative(),
    positives: z.int().nonnegative(),
    logLossSum: z.number().nonnegative().describe('Sum over rows of −ln p(label), p clipped to [1e-15, 1 − 1e-15]'),
    cells: z.array(LabelCell),
    confusion: z.array(ConfusionCell).optional().describe('Multiclass only, ascending'),
    errors: ErrorSums.optional().describe('Regression only'),
    quarantined: QuarantineCounts,
  })
  .meta({ id: 'LabelCube' });
export type LabelCube = z.infer<typeof LabelCube>;
