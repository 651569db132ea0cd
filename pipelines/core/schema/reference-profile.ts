import { z } from 'zod';
import { Digest } from './digest.ts';
import { GroupPromise } from './group-report.ts';
import { ModelName, VersionName } from './identifiers.ts';
import { LabelCube } from './label-cube.ts';
import { LagCurve } from './lag-curve.ts';
import { StoredLossModel } from './loss-model.ts';
import { MetricEstimate, MetricName } from './metric.ts';
import { Window } from './window.ts';
import { Grid, WindowProfile } from './window-profile.ts';

/** Cuts of a grid into at most ten classes of about equal reference mass: class i holds cells <= edges[i], the last class is open. */
export const NumericBinning = z.strictObject({ kind: z.literal('numeric'), edges: z.array(z.int()).describe('Ascending cell numbers') });
/** Reference categories above 0.5 % have classes of their own; the others of the reference share `other`; values the reference never held are `unseen`. */
export const CategoricalBinning = z.strictObject({
  kind: z.literal('categorical'),
  categories: z.array(z.string()),
  known: z.array(z.string()).describe('Every value seen in the reference, sorted'),
});
export const Binning = z.discriminatedUnion('kind', [NumericBinning, CategoricalBinning]).meta({ id: 'Binning' });
export type Binning = z.infer<typeof Binning>;

/** How much the windows of a reference differ among themselves, as a multiple of what independent rows give (see `windowDispersion` of the statistics). */
export const Dispersion = z.strictObject({
  windows: z.int().positive(),
  shares: z.number().nonnegative(),
  ranks: z.number().nonnegative(),
});

/** How the windows of a reference differ from one another in what only rows show, as mean squares of statistics that are standard normal for rows drawn alike. */
export const RestlessRows = z.strictObject({
  windows: z.int().positive(),
  rows: z.int().nonnegative().describe('Rows of each window that were compared, on average: later windows weigh no more'),
  together: z.number().nonnegative().nullable().describe('Of the domain classifier; null: fewer than two columns to compare'),
  errors: z.array(z.number().nonnegative()).describe('Mean reconstruction error of each window by what the others teach'),
  texts: z
    .record(z.string(), z.strictObject({ windows: z.int().positive(), words: z.number().nonnegative(), area: z.number().nonnegative() }))
    .describe('By text column: of the share of unknown words, and of the text classifier'),
});
export type RestlessRows = z.infer<typeof RestlessRows>;

/** A column that follows the calendar, never repeats or moves on with time, though its definition does not say so. */
export const RecognisedColumn = z.strictObject({ as: z.enum(['calendar', 'identifier', 'sequence']), why: z.string() });
export type RecognisedColumn = z.infer<typeof RecognisedColumn>;

/** The metric of monitoring.performance, window by window: [start, labelled rows, value or null]. */
export const WindowFigures = z.strictObject({
  metric: MetricName,
  windows: z.array(z.tuple([z.string(), z.int().nonnegative(), z.number().nullable()])),
});
export type WindowFigures = z.infer<typeof WindowFigures>;

/** How far windows fall from what the calibration of a reference expects of their scores (see `estimateDispersions`). */
export const WindowDispersion = z.strictObject({ windows: z.int().positive(), meanSquare: z.number().nonnegative() });
export type WindowDispersion = z.infer<typeof WindowDispersion>;

/** What production looked like when a version was judged: frozen with it, and the owner of the bin edges. */
export const ReferenceProfile = z
  .strictObject({
    schemaVersion: z.literal(1),
    model: ModelName,
    version: VersionName,
    range: Window,
    windowSeconds: z.int().positive(),
    rowsByWindow: z.array(z.tuple([z.string(), z.int().nonnegative()])).describe('Rows of each window of the range, by its start'),
    grids: z.record(z.string(), Grid),
    binnings: z.record(z.string(), Binning),
    dispersions: z.record(z.string(), Dispersion).optional().describe('By column. Left out: rows are taken to be independent'),
    weeklyDispersions: z
      .record(z.string(), Dispersion)
      .optional()
      .describe('Of the predictions, about the mean of each place in the week. Left out: pooled weeks are no evidence'),
    restless: RestlessRows.optional().describe('Left out: rows are taken to be independent'),
    recognised: z.record(z.string(), RecognisedColumn).optional().describe('By column: left out of drift alarms, with this note'),
    importance: z
      .record(z.string(), z.number())
      .optional()
      .describe('By feature: how much the mean loss of this version rises when the feature is shuffled'),
    losses: z
      .record(z.string(), z.array(z.number().nullable()))
      .optional()
      .describe('By column: mean loss of this version in each class of its binning; null where too few labelled rows lie'),
    lossNoise: z
      .record(z.string(), z.array(z.tuple([z.number().nonnegative(), z.number()]).nullable()))
      .optional()
      .describe(
        'Of each of these means: standard error, over rows or days, whichever is larger, and third central moment. Left out: not known',
      ),
    profile: WindowProfile.describe('All windows of the range, merged'),
    labels: LabelCube.describe('Scores of this version against the labels of the range'),
    promise: z.array(MetricEstimate).describe('Metrics on the range: what this version promises'),
    estimateDispersions: z
      .record(z.string(), WindowDispersion)
      .optional()
      .describe('By metric: how much wider bands of estimates must be. Left out: rows are taken to be independent'),
    lossModel: StoredLossModel.optional().describe(
      'Of a regression: what its errors depend on. Left out: they cannot be estimated without labels',
    ),
    figures: WindowFigures.optional().describe('What each window of the range gave by itself. Left out: windows count as one'),
    lagCurve: LagCurve.optional().describe('How late labels came. Left out: as late as labels.delay says'),
    groups: GroupPromise.optional().describe('Loss of this version on the slices of the range, and the bounds of its protected groups'),
    digest: Digest.optional(),
  })
  .meta({ id: 'ReferenceProfile' });
export type ReferenceProfile = z.infer<typeof ReferenceProfile>;
