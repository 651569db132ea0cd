import { UserError } from '../../pipelines/core/errors/user-error.ts';

const SHORTEST = 32;
/** 32 random hexadecimal digits hold fewer different ones once in 28 million times. */
const FEWEST_KINDS = 8;
const HINT = 'set WEBHOOK_SECRET to at least 32 random characters, and the same in the settings of the App: openssl rand -hex 32';

/** The secret, when it is one. Throws a UserError: without a real secret anybody could command the bot. */
export function checkWebhookSecret(secret: string | undefined): string {
  if (secret === undefined || secret === '')
    throw new UserError({ code: 'WEBHOOK_SECRET_MISSING', message: 'WEBHOOK_SECRET is not set', hint: HINT });
  if (secret === 'development') {
    throw new UserError({ code: 'WEBHOOK_SECRET_PUBLIC', message: 'WEBHOOK_SECRET is "development", which everybody knows', hint: HINT });
  }
  if (secret.length >= SHORTEST) {
    const kinds = new Set(secret).size;
    if (kinds >= FEWEST_KINDS) return secret;
    const message = `WEBHOOK_SECRET is made of ${kinds} different characters, which is easily guessed`;
    throw new UserError({ code: 'WEBHOOK_SECRET_WEAK', message, hint: HINT });
  }
  throw new UserError({
    code: 'WEBHOOK_SECRET_SHORT',
    message: `WEBHOOK_SECRET has ${secret.length} characters, at least ${SHORTEST} are needed`,
    hint: HINT,
  });
}
