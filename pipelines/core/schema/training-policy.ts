import { z } from 'zod';
import { Algorithm } from './algorithm.ts';
import { Duration } from './duration.ts';

/** What is trained, on which rows, how. */
export const TrainingPolicy = z
  .strictObject({
    algorithm: Algorithm.default('logisticRegression'),
    hyperparameters: z
      .strictObject({
        epochs: z
          .int()
          .positive()
          .max(200)
          .default(6)
          .describe(
            'Passes over the training rows of softmax regression and multilayer perceptron; the others are solved to their one minimum',
          ),
        batchSize: z
          .int()
          .positive()
          .max(65_536)
          .default(1024)
          .describe('Multilayer perceptron only: rows of a step at most; fewer where an epoch would have less than 128 steps'),
        learningRate: z.number().positive().default(0.01).describe('Multilayer perceptron only'),
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
