import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pagesUrl, publishPages } from '../actions/publish-pages.ts';
import { unpackSite } from '../actions/unpack-site.ts';
import { ApiError, notFound } from '../http/api-error.ts';
import { integer, required, text } from '../http/body-shape.ts';
import { type Answer, type Call, get, ok, type Route } from '../http/call.ts';
import { repositoryApi } from '../json/account-json.ts';

const BASE = '/repos/{owner}/{repo}/pages';

export function pagesRoutes(): readonly Route[] {
  const deployment = {
    artifact_id: required(integer()),
    pages_build_version: required(text()),
    oidc_token: required(text()),
    environment: text(),
  };
  return [
    get(BASE, [['pages', 'read']], site),
    { method: 'POST', path: `${BASE}/deployments`, right: [['pages', 'write']], body: deployment, run: deploy },
    get(`${BASE}/deployments/{pages_deployment_id}`, [['pages', 'read']], deploymentStatus),
  ];
}

function site(call: Call): Answer {
  if (call.world.pages.all().length === 0) throw notFound();
  return ok({
    url: `${repositoryApi(call.world)}/pages`,
    status: 'built',
    cname: null,
    custom_404: false,
    html_url: pagesUrl(call.world),
    build_type: 'workflow',
    public: true,
  });
}

/** Only a job may publish: the request carries the id token that Actions gave it. */
async function deploy(call: Call): Promise<Answer> {
  const { world, body } = call;
  const runId = call.principal.kind === 'job' ? call.principal.runId : null;
  const claims = claimsOf(String(body['oidc_token']));
  if (runId === null || claims['run_id'] !== String(runId))
    throw new ApiError(400, 'Invalid OIDC token: the deployment must come from the workflow run that it names.');
  const artifact = world.artifacts.get(Number(body['artifact_id']));
  if (artifact === null || artifact.runId !== runId)
    throw new ApiError(404, 'No artifacts named "github-pages" were found for this workflow run.');
  const folder = mkdtempSync(join(world.settings.root, 'site-'));
  try {
    await unpackSite(readFileSync(artifact.file), folder);
    const address = publishPages(world, folder, { sha: String(body['pages_build_version']) });
    const id = world.pages.all().at(-1)?.id ?? 0;
    return ok({ id, status_url: `${repositoryApi(world)}/pages/deployments/${id}`, page_url: address });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function deploymentStatus(call: Call): Answer {
  const row = call.world.pages.get(Number(call.params['pages_deployment_id']));
  if (row === null) throw notFound();
  return ok({ status: row.status });
}

function claimsOf(token: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')) as Record<string, unknown>;
  } catch {
    throw new ApiError(400, 'Invalid OIDC token');
  }
}
