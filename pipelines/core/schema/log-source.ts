import { z } from 'zod';
import { Duration } from './duration.ts';

/** Where the prediction log lies and which of its columns mean what. */
export const LogSource = z
  .strictObject({
    format: z.enum(['parquet', 'csv', 'jsonl']),
    path: z.string().min(1).describe('Glob of files, relative to the data root (--data-root or HOLDFAST_DATA_ROOT)'),
    columns: z.strictObject({
      id: z.string().describe('Unique id of a prediction'),
      timestamp: z.string().describe('Event time of a prediction, UTC'),
      score: z
        .string()
        .optional()
        .describe(
          'Binary: probability of the positive class. Multiclass: confidence in the called class, in [0, 1]. Regression: the predicted value. Left out where nothing was predicted yet: specify, train and backtest need none, watch does',
        ),
      prediction: z.string().optional().describe('Multiclass only, and required there beside a score: the class that was called'),
      probabilities: z
        .record(z.string(), z.string())
        .optional()
        .describe('Multiclass only: the column that holds the probability of each class, by class'),
      modelVersion: z.string().optional().describe('Version that made the prediction'),
      latencyMs: z.string().optional().describe('Time to predict, milliseconds'),
      error: z
        .string()
        .optional()
        .describe('What failed, or a flag; empty, missing, 0, false, no, none, null or ok when the prediction succeeded'),
      arrivedAt: z
        .string()
        .optional()
        .describe('When the row was written, by the clock of the log, UTC: shows clocks that go wrong and rows that come late'),
    }),
    reach: z
      .enum(['app', 'actions'])
      .default('actions')
      .describe('Who can read the log: the App itself, or a workflow job that holds the data credentials'),
    lateness: Duration.default('PT0S').describe(
      'How long after its event time a row may still appear; a window is complete when the watermark passes its end by this much',
    ),
    maximumQuarantineShare: z
      .number()
      .min(0)
      .max(1)
      .default(0.01)
      .describe('Share of unreadable rows above which a data-quality incident opens'),
  })
  .meta({ id: 'LogSource' });
export type LogSource = z.infer<typeof LogSource>;

/** Where the labels lie; `path` equal to the prediction log's means that the log carries its labels inline. */
export const LabelSource = z
  .strictObject({
    format: z.enum(['parquet', 'csv', 'jsonl']),
    path: z.string().min(1),
    columns: z.strictObject({
      id: z.string(),
      label: z.string(),
      timestamp: z.string().optional().describe('When the label arrived; without it a label counts as arrived with its prediction'),
      annotator: z
        .string()
        .optional()
        .describe(
          'Who gave the label. Rows of one id by several annotators are then opinions, of which the most frequent counts, not corrections',
        ),
    }),
    minimumAgreement: z
      .number()
      .gt(0)
      .lt(1)
      .optional()
      .describe('Least agreement of annotators beyond chance (kappa of Cohen or Fleiss); left out: reported only'),
    positive: z.string().optional().describe('Binary only, and required there: label text of the positive class, e.g. "1"'),
    negative: z.string().optional().describe('Binary only, and required there: label text of the negative class, e.g. "0"'),
    classes: z
      .array(z.string())
      .min(2)
      .max(1000)
      .optional()
      .describe('Multiclass only, and required there: the label texts of all classes'),
    favourable: z
      .array(z.string())
      .min(1)
      .optional()
      .describe(
        'Multiclass only: the classes that are good for those who are called so; then groups of protected columns are also compared by who is called favourable (selection, opportunity, odds)',
      ),
    delay: Duration.describe('How long after its prediction a label usually arrives'),
    maturity: z
      .number()
      .gt(0)
      .max(1)
      .default(0.9)
      .describe('Share of its labels, of those that ever arrive, from which on a window counts for realised performance'),
  })
  .meta({ id: 'LabelSource' });
export type LabelSource = z.infer<typeof LabelSource>;
