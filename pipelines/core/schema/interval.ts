import { z } from 'zod';

/** An interval for an estimate, with its confidence level (0.95 unless said otherwise). */
export const Interval = z.strictObject({ lower: z.number(), upper: z.number(), level: z.number().gt(0).lt(1) }).meta({ id: 'Interval' });
export type Interval = z.infer<typeof Interval>;
