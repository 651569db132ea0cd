import { createHmac, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ApiError, notFound } from '../http/api-error.ts';
import { type Answer, type Call, get, type Route } from '../http/call.ts';
import { apiUrl } from '../json/account-json.ts';
import type { World } from '../store/world.ts';

/** GitHub: "the URL expires after 1 minute" for archives of artifacts and for logs. */
const LIFETIME_MS = 60_000;

type Kind = 'artifacts' | 'logs';

/** Address of the store behind artifacts and logs. The sandbox's own: GitHub keeps its store elsewhere and says only where it is. */
export const DOWNLOAD_PATH = '/_store/{kind}/{id}';

/** The store: it asks for no token, since the address carries its permission. */
export function downloadRoutes(): readonly Route[] {
  return [get(DOWNLOAD_PATH, 'none', download)];
}

/** 302 to the store, for one minute. */
export function redirectToStore(world: World, kind: Kind, id: number): Answer {
  const expires = String(world.time() + LIFETIME_MS);
  const query = new URLSearchParams({ expires, signature: signatureOf(world, `${kind}/${id}/${expires}`) });
  const location = `${apiUrl(world)}/_store/${kind}/${id}?${query.toString()}`;
  return { status: 302, bytes: new Uint8Array(), type: '', headers: { location } };
}

function download({ world, params, query }: Call): Answer {
  const expires = query.get('expires') ?? '';
  const expected = Buffer.from(signatureOf(world, `${params['kind']}/${params['id']}/${expires}`));
  const given = Buffer.from(query.get('signature') ?? '');
  if (given.length !== expected.length || !timingSafeEqual(given, expected) || Number(expires) < world.time())
    throw new ApiError(403, 'Server failed to authenticate the request.');
  const id = Number(params['id']);
  const job = params['kind'] === 'logs' ? world.jobs.get(id) : null;
  if (job !== null) return { status: 200, bytes: Buffer.from(job.log), type: 'text/plain; charset=utf-8' };
  const artifact = world.artifacts.get(id);
  if (artifact === null) throw notFound();
  return { status: 200, bytes: readFileSync(artifact.file), type: 'application/zip' };
}

function signatureOf(world: World, what: string): string {
  return createHmac('sha256', world.settings.formToken).update(what).digest('hex');
}
