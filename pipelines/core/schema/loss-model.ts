import { z } from 'zod';

const Tree = z.strictObject({
  feature: z.array(z.int().min(-1)).describe('By node, children of n at 2n + 1 and 2n + 2: the column that splits it; -1: a leaf'),
  cut: z.array(z.int().nonnegative()).describe('Classes up to this one go left'),
  value: z.array(z.number()).describe('Of leaves'),
});

/** What the errors of a regression depend on, learnt from its own answers on held-out rows (see `crossFitLosses` of the statistics). */
export const FittedLoss = z.strictObject({
  loss: z.enum(['absolute', 'squared']),
  cuts: z.array(z.array(z.number())).describe('By column: classes from which a new bin begins'),
  models: z.array(z.strictObject({ base: z.number(), trees: z.array(Tree) })).describe('One for each part of the range left out'),
  ends: z.array(z.number()).describe('Upper ends of the classes of expected loss but the last'),
  classes: z
    .array(z.strictObject({ rows: z.int().nonnegative(), variance: z.number().nonnegative() }))
    .describe('How far losses scatter around what was expected of them'),
});
export type FittedLoss = z.infer<typeof FittedLoss>;

/** Expects the losses of rows without labels. Knows classes of columns only, no values of rows. */
export const StoredLossModel = z
  .strictObject({
    columns: z.array(z.string()).describe('Columns by whose classes (see binnings) rows are told apart, $score first'),
    rows: z.int().positive().describe('Labelled rows that it was learnt from'),
    losses: z.array(FittedLoss),
  })
  .meta({ id: 'StoredLossModel' });
export type StoredLossModel = z.infer<typeof StoredLossModel>;
