import { createVerify } from 'node:crypto';
import type { Account } from '../store/entities.ts';
import type { World } from '../store/world.ts';
import { ApiError } from './api-error.ts';
import type { Principal } from './call.ts';

/** Clock difference that GitHub forgives. */
const SKEW_SECONDS = 60;
const LONGEST_JWT_SECONDS = 600;

/** Who is behind an Authorization header; 401 for tokens that are unknown or expired and for JWTs that break GitHub's rules. */
export function authenticate(world: World, header: string | undefined): Principal {
  if (header === undefined || header === '') return { kind: 'anonymous' };
  const [scheme = '', value = ''] = header.split(/\s+/, 2);
  const credential = scheme.toLowerCase() === 'basic' ? passwordOf(value) : value;
  if (!/^(bearer|token|basic)$/i.test(scheme)) throw new ApiError(401, 'Bad credentials');
  const grant = world.tokens.get(credential);
  if (grant !== undefined) {
    if (grant.expiresAt !== null && grant.expiresAt <= world.time()) throw new ApiError(401, 'Bad credentials');
    return {
      kind: grant.kind,
      account: accountOf(world, grant.login),
      permissions: grant.permissions,
      token: credential,
      runId: grant.runId,
    };
  }
  if (!credential.startsWith('ghs_') && credential.split('.').length === 3) {
    verifyJwt(world, credential);
    return { kind: 'app' };
  }
  throw new ApiError(401, 'Bad credentials');
}

export function accountOf(world: World, login: string): Account {
  const account = world.accounts.find((one) => one.login.toLowerCase() === login.toLowerCase());
  return account ?? { id: 10137, login: 'ghost', type: 'User', role: null };
}

function passwordOf(value: string): string {
  const decoded = Buffer.from(value, 'base64').toString('utf8');
  return decoded.slice(decoded.indexOf(':') + 1);
}

function verifyJwt(world: World, jwt: string): void {
  const [head = '', claims = '', signature = ''] = jwt.split('.');
  const header = readPart(head);
  const payload = readPart(claims);
  const verifier = createVerify('RSA-SHA256').update(`${head}.${claims}`);
  const undecodable = new ApiError(401, 'A JSON web token could not be decoded');
  if (header['alg'] !== 'RS256' || !verifier.verify(world.settings.publicKey, Buffer.from(signature, 'base64url'))) throw undecodable;
  if (String(payload['iss']) !== String(world.settings.appId)) throw new ApiError(401, "'Issuer' claim ('iss') must be an Integer");
  const now = Math.floor(world.time() / 1000);
  const issued = Number(payload['iat']);
  const expires = Number(payload['exp']);
  if (!Number.isFinite(expires) || expires <= now) {
    throw new ApiError(
      401,
      "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires",
    );
  }
  if (expires > now + LONGEST_JWT_SECONDS + SKEW_SECONDS)
    throw new ApiError(401, "'Expiration time' claim ('exp') is too far in the future");
  if (!Number.isFinite(issued) || issued > now + SKEW_SECONDS) {
    throw new ApiError(401, "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued");
  }
}

function readPart(part: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as Record<string, unknown>;
  } catch {
    throw new ApiError(401, 'A JSON web token could not be decoded');
  }
}
