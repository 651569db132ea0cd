import { z } from 'zod';
import { Algorithm } from './algorithm.ts';
import { Column } from './column.ts';
import { Duration } from './duration.ts';
import { FairnessGate, FairnessMonitoring, SliceGate } from './fairness-policy.ts';
import { ModelName } from './identifiers.ts';
import { MetricName } from './metric.ts';
import { SliceDefinition, SliceSearch } from './slice-definition.ts';
import { Task } from './task.ts';

const Role = z.string().min(1).describe('A role, not a person, e.g. "operations research team"');

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
        .describe(
          'Binary: probability of the positive class. Multiclass: confidence in the called class, in [0, 1]. Regression: the predicted value',
        ),
      prediction: z.string().optional().describe('Multiclass only, and required there: the class that was called'),
      probabilities: z
        .record(z.string(), z.string())
        .optional()
        .describe('Multiclass only: the column that holds the probability of each class, by class'),
      modelVersion: z.string().optional().describe('Version that made the prediction'),
      latencyMs: z.string().optional().describe('Time to predict, milliseconds'),
      error: z.string().optional().describe('Empty or missing when the prediction succeeded'),
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

/** How production is watched. */
export const MonitoringPolicy = z
  .strictObject({
    window: Duration.default('P1D').describe('Length of a monitoring window'),
    minimumRows: z.int().positive().default(200).describe('Fewer rows than this in a window: insufficient-data'),
    minimumLabels: z.int().positive().default(200).describe('Fewer labelled rows than this: performance is insufficient-data'),
    performanceWindows: z.int().positive().default(7).describe('Realised performance pools this many trailing windows'),
    sampleRows: z.int().positive().default(20_000).describe('Rows of the in-memory sample for exact measures; never stored'),
    falseAlarmBudget: z
      .int()
      .positive()
      .default(90)
      .describe('Windows without drift to one false alarm, at least: the evidence that a drift alarm needs'),
    drift: z
      .strictObject({
        method: z.enum(['jensenShannon', 'populationStabilityIndex']).default('jensenShannon'),
        effectFloor: z.number().positive().default(0.1).describe('Smallest distance that may raise an alarm'),
        falseDiscoveryRate: z.number().gt(0).lt(1).default(0.1).describe('Benjamini-Hochberg level over the features of one window'),
      })
      .prefault({}),
    multivariate: z
      .strictObject({
        enabled: z
          .boolean()
          .default(true)
          .describe('Whether a classifier looks for changes of several columns together, on a sample of rows'),
        sampleRows: z
          .int()
          .min(500)
          .default(5000)
          .describe('Rows of the reference that the classifier learns from; of a window it takes a tenth as many'),
        areaFloor: z
          .number()
          .gt(0.5)
          .max(1)
          .default(0.6)
          .describe('Smallest area under the ROC curve, reference against window, that may raise an alarm'),
      })
      .prefault({}),
    vocabulary: z
      .strictObject({
        toleratedIncrease: z
          .number()
          .gt(0)
          .max(1)
          .default(0.02)
          .describe('Text columns: rise of the share of unknown words that the owner accepts'),
      })
      .prefault({}),
    performance: z
      .strictObject({
        metric: MetricName.default('rocAuc'),
        toleratedDrop: z.number().nonnegative().default(0.02).describe('Absolute loss against the promise that the owner accepts'),
      })
      .prefault({}),
    volume: z
      .strictObject({
        toleratedChange: z
          .number()
          .gt(0)
          .default(0.5)
          .describe('Relative change of rows a window against the same weekday of the reference'),
        toleratedGap: z
          .number()
          .gt(0)
          .lt(1)
          .default(0.1)
          .describe('Share of the usual rows that may lie in hours of the day without a row; for windows of whole days'),
      })
      .prefault({}),
    slices: SliceSearch.prefault({}),
    fairness: FairnessMonitoring.prefault({}),
    missing: z.strictObject({ toleratedIncrease: z.number().gt(0).max(1).default(0.05) }).prefault({}),
    unseen: z.strictObject({ toleratedShare: z.number().gt(0).max(1).default(0.02) }).prefault({}),
    latency: z.strictObject({ quantile: z.number().gt(0).lt(1).default(0.95), maximumMs: z.number().positive() }).optional(),
    errors: z.strictObject({ maximumShare: z.number().gt(0).max(1) }).optional(),
    incident: z
      .strictObject({
        openAfter: z.int().positive().default(3).describe('Consecutive alert windows that open an incident'),
        closeAfter: z.int().positive().default(3).describe('Consecutive healthy windows that close it'),
      })
      .prefault({}),
  })
  .meta({ id: 'MonitoringPolicy' });
export type MonitoringPolicy = z.infer<typeof MonitoringPolicy>;

/** What is trained, on which rows, how. */
export const TrainingPolicy = z
  .strictObject({
    algorithm: Algorithm.default('logisticRegression'),
    hyperparameters: z
      .strictObject({
        epochs: z.int().positive().max(200).default(6).describe('Passes over the training rows; ridge regression has none'),
        batchSize: z.int().positive().max(65_536).default(1024).describe('Logistic regression and multilayer perceptron only'),
        learningRate: z.number().positive().default(0.01).describe('Logistic regression and multilayer perceptron only'),
        l2: z.number().nonnegative().default(0.0001).describe('Weight of the squared weights beside the mean loss of a row'),
        textBuckets: z
          .int()
          .min(256)
          .max(1_048_576)
          .default(16_384)
          .describe('Text columns: the most frequent n-grams, by hash, that become inputs'),
        longestNGram: z.int().min(1).max(3).default(2).describe('Text columns: words of the longest n-gram'),
        hiddenUnits: z.array(z.int().positive().max(512)).max(3).default([16]).describe('Multilayer perceptron only'),
      })
      .prefault({}),
    seed: z.int().nonnegative().default(1),
    maximumRows: z.int().positive().default(100_000).describe('Training samples by hash of id down to this many rows'),
    recentRange: Duration.default('P28D').describe('The recent challenger trains on this much history'),
    heldOutRange: Duration.default('P7D').describe('The newest labelled rows, kept from every challenger, on which the gate judges'),
    minimumCategoryCount: z.int().positive().default(50).describe('Rarer categories share one `other` input'),
  })
  .meta({ id: 'TrainingPolicy' });
export type TrainingPolicy = z.infer<typeof TrainingPolicy>;

/** One rule of the gate. `absolute` compares the challenger with a number, `relative` compares it with the champion. */
export const GateRule = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('absolute'),
      metric: MetricName,
      operator: z.enum(['>=', '<=']),
      value: z.number(),
    }),
    z.strictObject({
      kind: z.literal('relative'),
      metric: MetricName,
      minimumImprovement: z
        .number()
        .describe(
          'The lower bound of the paired interval of the improvement must reach this (0: better for sure; negative: not worse by more than)',
        ),
    }),
  ])
  .meta({ id: 'GateRule' });
export type GateRule = z.infer<typeof GateRule>;

/** What a challenger must show before it may be merged. */
export const GatePolicy = z
  .strictObject({
    rules: z.array(GateRule).describe('No rules: the gate fails'),
    minimumLabels: z.int().positive().default(1000),
    minimumPositives: z.int().positive().default(100),
    bootstrapReplicates: z.int().min(100).max(10_000).default(500),
    confidence: z.number().gt(0.5).lt(1).default(0.95),
    slices: SliceGate.prefault({}),
    fairness: FairnessGate.prefault({}),
    maximumLatencyMs: z.number().positive().default(5).describe('Median time to score one row'),
    maximumBytes: z.int().positive().default(5_000_000).describe('Size of the artifact'),
  })
  .meta({ id: 'GatePolicy' });
export type GatePolicy = z.infer<typeof GatePolicy>;

/** When a retraining may be proposed. */
export const RetrainingPolicy = z
  .strictObject({
    cooldown: Duration.default('P14D').describe('Shortest time between two proposals'),
    budget: z.strictObject({ proposals: z.int().nonnegative().default(6), per: Duration.default('P90D') }).prefault({}),
    minimumNewLabels: z.int().positive().default(5000).describe('New labelled rows since the champion was trained'),
    maximumAge: Duration.optional().describe('Propose a retraining when the champion is older than this'),
    trials: z
      .boolean()
      .default(true)
      .describe(
        'Try retraining, rollback and recalibration on the newest labelled rows before proposing any, and propose a retraining that would pass the gate even where nothing has got worse',
      ),
    cost: z.number().nonnegative().default(0).describe('Cost of one retraining, in the currency of businessValue'),
  })
  .meta({ id: 'RetrainingPolicy' });
export type RetrainingPolicy = z.infer<typeof RetrainingPolicy>;

/** What right and wrong predictions are worth. */
export const BusinessValue = z
  .strictObject({
    currency: z.string().regex(/^[A-Z]{3}$/, 'write a currency as three letters, e.g. USD'),
    threshold: z
      .number()
      .gt(0)
      .lt(1)
      .default(0.5)
      .describe('Score at or above which the positive class is called; multiclass: confidence at or above which the answer is acted upon'),
    truePositive: z.number(),
    falsePositive: z.number(),
    falseNegative: z.number(),
    trueNegative: z.number(),
    assumption: z.string().min(1).describe('Where these values come from'),
    assumedOn: z.iso.date(),
    owner: Role,
  })
  .meta({ id: 'BusinessValue' });
export type BusinessValue = z.infer<typeof BusinessValue>;

/** How the predictions are served and used, beside their quality. */
export const ServicePolicy = z
  .strictObject({
    region: z.string().optional().describe('Categorical column of the data contract that says where a prediction is used'),
    costPerPrediction: z
      .strictObject({
        amount: z.number().nonnegative(),
        currency: z.string().regex(/^[A-Z]{3}$/, 'write a currency as three letters, e.g. USD'),
        assumption: z.string().min(1).describe('What the amount holds and where it comes from'),
        assumedOn: z.iso.date(),
        owner: Role,
      })
      .optional()
      .describe('What one prediction costs to serve'),
  })
  .meta({ id: 'ServicePolicy' });
export type ServicePolicy = z.infer<typeof ServicePolicy>;

/** models/<model>/model.yml: scope, data contract, logs, monitoring, training, gate, rollout, retraining and value of one model. */
export const ModelDefinition = z
  .strictObject({
    schemaVersion: z.literal(1),
    name: ModelName,
    task: Task,
    objective: z.string().min(1).describe('The decision that the model serves, in one sentence'),
    notice: z
      .string()
      .min(1)
      .max(300)
      .optional()
      .describe('Said wherever the model is shown: on its pages, in its issues and pull requests; e.g. that its data is simulated'),
    outOfScope: z.array(z.string()).default([]).describe('Uses that the model is not meant for'),
    owner: Role,
    stakeholders: z.array(Role).min(1),
    successMetrics: z.array(z.strictObject({ metric: MetricName, target: z.number(), why: z.string() })).min(1),
    constraints: z.array(z.string()).default([]),
    ethicalConsiderations: z.array(z.string()).default([]),
    columns: z.array(Column).min(1),
    slices: z.array(SliceDefinition).default([]).describe('Parts of the rows that may not get worse, wherever they lie'),
    logs: LogSource,
    labels: LabelSource,
    monitoring: MonitoringPolicy.prefault({}),
    training: TrainingPolicy.prefault({}),
    gate: GatePolicy,
    rollout: z
      .strictObject({
        strategy: z.literal('replace').default('replace'),
        verifyWindows: z
          .int()
          .positive()
          .default(7)
          .describe('Labelled windows after a promotion before promised is compared with observed'),
      })
      .prefault({}),
    retraining: RetrainingPolicy.prefault({}),
    businessValue: BusinessValue.optional(),
    service: ServicePolicy.prefault({}),
    privacy: z
      .strictObject({
        minimumCount: z
          .int()
          .positive()
          .default(20)
          .describe('Categories of fewer ids fold into `other` before anything is stored or shown'),
      })
      .prefault({}),
    dashboard: z
      .strictObject({ publish: z.boolean().default(true), audience: z.enum(['public', 'internal']).default('internal') })
      .prefault({}),
  })
  .meta({ id: 'ModelDefinition', title: 'Holdfast model definition' });
/** A definition with all defaults filled in. */
export type ModelDefinition = z.infer<typeof ModelDefinition>;
/** A definition as people write it. */
export type WrittenModelDefinition = z.input<typeof ModelDefinition>;
