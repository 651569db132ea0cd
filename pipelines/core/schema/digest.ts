import { z } from 'zod';

/** A SHA-256 digest as `sha256:` and 64 hexadecimal digits. */
export const Digest = z
  .string()
  .regex(/^sha256:[0-9a-f]{64}$/, 'write a digest as sha256:<64 hexadecimal digits>')
  .meta({ id: 'Digest' });
export type Digest = z.infer<typeof Digest>;
