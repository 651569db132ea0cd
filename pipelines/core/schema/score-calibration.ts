import { z } from 'zod';

const Probability = z.number().min(0).max(1);

/** What a recalibrated model does to the scores of the network that it took over: a rising curve, so that the order of rows stays as it was. */
export const ScoreCalibration = z
  .discriminatedUnion('method', [
    z.strictObject({
      method: z.literal('isotonic'),
      scores: z.array(Probability).min(1).max(10_000).describe('Breakpoints, ascending'),
      probabilities: z.array(Probability).min(1).max(10_000).describe('At the breakpoints, never falling; linear between, level beyond'),
      rawShare: z.number().gt(0).lt(1).describe('Share of the raw score in the result: keeps rows apart where the curve is level'),
    }),
    z.strictObject({
      method: z.literal('logistic'),
      slope: z.number().positive().describe('Of the log odds of the score'),
      intercept: z.number(),
    }),
  ])
  .meta({ id: 'ScoreCalibration' });
export type ScoreCalibration = z.infer<typeof ScoreCalibration>;
