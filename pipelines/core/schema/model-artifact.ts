import { z } from 'zod';
import { Algorithm } from './algorithm.ts';
import { ModelName } from './identifiers.ts';
import { ScoreCalibration } from './score-calibration.ts';

/** How one input column becomes numbers. Constants belong to the artifact: what was learnt in training is applied unchanged in production. */
export const InputEncoding = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('numeric'),
      column: z.string(),
      mean: z.number(),
      standardDeviation: z.number().positive(),
      missingAs: z.number().describe('Standardised value for a missing one'),
      limit: z.number().nonnegative().optional().describe('Standardised values are cut to plus or minus this; left out: not at all'),
    }),
    z.strictObject({
      kind: z.literal('categorical'),
      column: z.string(),
      vocabulary: z.array(z.string()).describe('One input each, in this order; then one for all other values, then one for missing'),
    }),
    z.strictObject({
      kind: z.literal('text'),
      column: z.string(),
      longestNGram: z.int().min(1).max(3).describe('Words of the longest run of neighbouring words'),
      hashes: z.int().positive().max(16_777_216).describe('Runs are hashed to numbers below this'),
      buckets: z
        .array(z.int().nonnegative())
        .max(1_048_576)
        .describe('One input each, ascending: the hashes that training met; then one for a text, or none, without any of them'),
    }),
  ])
  .meta({ id: 'InputEncoding' });
export type InputEncoding = z.infer<typeof InputEncoding>;

/** What a layer does with its sums. The last layer of a model decides what it gives: a probability, one for each class, or a value. */
export const Activation = z.enum(['relu', 'sigmoid', 'softmax', 'identity']);
export type Activation = z.infer<typeof Activation>;

/** model.json of a version: everything but the weights. weights.bin holds little-endian 32-bit floats, layer by layer: kernel (inputs x units, row-major), then bias. */
export const ModelArtifact = z
  .strictObject({
    schemaVersion: z.literal(1),
    model: ModelName,
    algorithm: Algorithm,
    inputs: z.array(InputEncoding).min(1),
    classes: z.array(z.string()).min(2).max(1000).optional().describe('Multiclass only: the class of each output'),
    layers: z.array(z.strictObject({ inputs: z.int().positive(), units: z.int().positive(), activation: Activation })),
    weightsBytes: z.int().positive(),
    calibration: ScoreCalibration.optional().describe('Binary only: what the scores pass through; left out: nothing'),
  })
  .meta({ id: 'ModelArtifact' });
export type ModelArtifact = z.infer<typeof ModelArtifact>;
