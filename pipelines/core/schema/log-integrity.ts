import { z } from 'zod';

const Count = z.int().nonnegative();

/** What the files of a window tell beside the values of their rows: counts, so that windows add up. */
export const LogIntegrity = z
  .strictObject({
    repeatedIds: Count.describe('Rows whose id a row of an earlier day in the week before has already'),
    steps: Count.describe('Rows that were compared with the row above them in their file'),
    backwards: Count.describe('Of these: rows that lie more than a minute before it'),
    arrived: Count.describe('Rows with an arrival time; 0 where the log names none'),
    ahead: Count.describe('Of these: rows whose event time is more than a minute later than their arrival'),
    late: Count.describe('Of these: rows that arrived later than logs.lateness after their event time'),
    types: z
      .record(z.string(), z.record(z.string(), z.int().positive()))
      .describe(
        'Files by the type that they store a column as (number, text, boolean, time, other, absent), by column; text formats state none',
      ),
  })
  .meta({ id: 'LogIntegrity' });
export type LogIntegrity = z.infer<typeof LogIntegrity>;
