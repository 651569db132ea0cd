import { randomBytes } from 'node:crypto';
import { ApiError, notFound } from '../http/api-error.ts';
import { covers } from '../http/authorise.ts';
import { integer, listOf, oneOf, record, text } from '../http/body-shape.ts';
import { type Answer, type Call, created, get, noContent, ok, type Route } from '../http/call.ts';
import { paginate, paginateWrapped } from '../http/paginate.ts';
import { accountJson, apiUrl, type Json } from '../json/account-json.ts';
import { appJson, repositoryJson } from '../json/repository-json.ts';
import type { World } from '../store/world.ts';

const HOUR_MS = 3_600_000;

const PERMISSIONS = record(
  Object.fromEntries(
    [
      'actions',
      'administration',
      'attestations',
      'checks',
      'contents',
      'deployments',
      'environments',
      'issues',
      'metadata',
      'pages',
      'pull_requests',
      'repository_hooks',
      'secrets',
      'statuses',
      'workflows',
      'members',
      'actions_variables',
    ].map((name) => [name, oneOf('read', 'write', 'admin')]),
  ),
);

/** What the App asks with its JWT, and what an installation token says about itself. */
export function appRoutes(): readonly Route[] {
  return [
    get('/app', 'app', (call) => ok({ ...appJson(call.world, call.world.settings.appSlug), installations_count: 1 })),
    get('/app/installations', 'app', (call) => paginate(call, [installationJson(call.world)], (row) => row)),
    get('/app/installations/{installation_id}', 'app', (call) => ok(installationAsked(call))),
    get('/repos/{owner}/{repo}/installation', 'app', (call) => ok(installationJson(call.world))),
    get('/orgs/{account}/installation', 'app', installationOfAccount),
    get('/users/{account}/installation', 'app', installationOfAccount),
    {
      method: 'POST',
      path: '/app/installations/{installation_id}/access_tokens',
      right: 'app',
      body: { repositories: listOf(text(), 500), repository_ids: listOf(integer(), 500), permissions: PERMISSIONS },
      run: createToken,
    },
    get('/installation/repositories', 'installation', (call) =>
      paginateWrapped(call, 'repositories', { rows: [repositoryJson(call.world)], render: (row) => row }),
    ),
    { method: 'DELETE', path: '/installation/token', right: 'installation', body: null, run: revokeToken },
  ];
}

/** `installation` as webhooks and the API show it. */
export function installationJson(world: World): Json {
  const { settings } = world;
  const api = `${apiUrl(world)}/app/installations/${settings.installationId}`;
  const account = accountJson(world, settings.owner);
  return {
    id: settings.installationId,
    client_id: `Iv23sandbox${settings.appId}`,
    account,
    repository_selection: 'all',
    access_tokens_url: `${api}/access_tokens`,
    repositories_url: `${apiUrl(world)}/installation/repositories`,
    html_url: `${world.webUrl()}/settings/installations/${settings.installationId}`,
    app_id: settings.appId,
    app_slug: settings.appSlug,
    target_id: account['id'],
    target_type: account['type'],
    permissions: settings.granted,
    events: ['issues', 'issue_comment', 'pull_request', 'push', 'check_run', 'check_suite', 'workflow_run', 'repository_dispatch'],
    created_at: settings.createdAt,
    updated_at: settings.createdAt,
    single_file_name: null,
    suspended_at: null,
    suspended_by: null,
  };
}

function installationAsked(call: Call): Json {
  if (Number(call.params['installation_id']) !== call.world.settings.installationId) throw notFound();
  return installationJson(call.world);
}

function installationOfAccount(call: Call): Answer {
  if (call.params['account']?.toLowerCase() !== call.world.settings.owner.toLowerCase()) throw notFound();
  return ok(installationJson(call.world));
}

function createToken(call: Call): Answer {
  installationAsked(call);
  const { world, body } = call;
  const { settings } = world;
  const names = (body['repositories'] ?? [settings.name]) as readonly string[];
  const ids = (body['repository_ids'] ?? [settings.repositoryId]) as readonly number[];
  if (names.some((name) => name !== settings.name) || ids.some((id) => id !== settings.repositoryId)) {
    throw new ApiError(422, 'There is at least one repository that does not exist or is not accessible to the parent installation.');
  }
  const asked = (body['permissions'] ?? settings.granted) as Readonly<Record<string, 'read' | 'write'>>;
  const beyond = Object.entries(asked).some(([name, access]) => !covers(settings.granted[name], access));
  if (beyond) throw new ApiError(422, 'The permissions requested are not granted to this installation.');
  const permissions = { ...asked, metadata: 'read' as const };
  const expiresAt = world.time() + HOUR_MS;
  const token = newToken(world);
  world.tokens.set(token, { kind: 'installation', login: `${settings.appSlug}[bot]`, permissions, expiresAt, runId: null });
  const expires = new Date(expiresAt).toISOString().replace(/\.\d+Z$/, 'Z');
  return created({
    token,
    expires_at: expires,
    permissions,
    repository_selection: body['repositories'] === undefined ? 'all' : 'selected',
    repositories: [repositoryJson(world)],
  });
}

/** GitHub issues opaque tokens and, since 2026-04, tokens with a JWT inside: clients must not look at their form. */
function newToken(world: World): string {
  if (world.settings.tokenFormat === 'opaque') return `ghs_${randomBytes(27).toString('base64url').replace(/[-_]/g, 'x')}`;
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = part({ iss: world.settings.appId, jti: randomBytes(9).toString('hex') });
  return `ghs_${world.settings.appId}_${part({ alg: 'RS256', typ: 'JWT' })}.${claims}.${randomBytes(64).toString('base64url')}`;
}

function revokeToken(call: Call): Answer {
  if ('token' in call.principal) call.world.tokens.delete(call.principal.token);
  return noContent();
}
