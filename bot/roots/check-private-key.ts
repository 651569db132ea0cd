import { createPrivateKey } from 'node:crypto';
import { UserError } from '../../pipelines/core/errors/user-error.ts';

/** The key of the App, when it is an RSA key in PEM. Throws a UserError (PRIVATE_KEY_INVALID): GitHub would refuse every call signed with another. */
export function checkPrivateKey(text: string, name: string): string {
  const kind = kindOf(text);
  if (kind === 'rsa') return text;
  throw new UserError({
    code: 'PRIVATE_KEY_INVALID',
    message: kind === null ? `${name} holds no private key in PEM` : `${name} holds a private key of the kind ${kind}, not RSA`,
    hint: 'download a private key in the settings of the App, and give it whole, from -----BEGIN to -----END',
  });
}

function kindOf(text: string): string | null {
  try {
    return createPrivateKey(text).asymmetricKeyType ?? null;
  } catch {
    return null;
  }
}
