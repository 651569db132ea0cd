import { z } from 'zod';

/** A role, never a person. */
export const Role = z.string().min(1).describe('A role, not a person, e.g. "operations research team"');
