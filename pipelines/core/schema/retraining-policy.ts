import { z } from 'zod';
import { Duration } from './duration.ts';

/** When a retraining may be proposed. */
export const RetrainingPolicy = z
  .strictObject({
    cooldown: Duration.default('P14D').describe(
      'Shortest time between two proposals; a gain that only a trial shows must be four times minimumGain right after it, and no more than minimumGain four cooldowns after a promotion',
    ),
    budget: z.strictObject({ proposals: z.int().nonnegative().default(6), per: Duration.default('P90D') }).prefault({}),
    minimumNewLabels: z
      .int()
      .positive()
      .default(1000)
      .describe('New labelled rows since the champion was trained: by default as many as the gate asks for'),
    minimumGain: z
      .number()
      .nonnegative()
      .optional()
      .describe(
        'Least gain on the champion that a trial must expect before a remedy is proposed, in the unit of the monitored metric; left out: a quarter of monitoring.performance.toleratedDrop',
      ),
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
