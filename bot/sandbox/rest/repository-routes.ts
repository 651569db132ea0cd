import { ApiError, notFound } from '../http/api-error.ts';
import { type Answer, type Call, get, ok, type Right, type Route } from '../http/call.ts';
import { paginate } from '../http/paginate.ts';
import { accountJson, type Json, repositoryApi, repositoryWeb } from '../json/account-json.ts';
import { commitJson } from '../json/commit-json.ts';
import { personJson } from '../json/person-json.ts';
import { fullRepositoryJson } from '../json/repository-json.ts';

const BASE = '/repos/{owner}/{repo}';
const METADATA: Right = [['metadata', 'read']];
/** The primary limit is reported in headers; this summary does not count. */
const UNUSED = { limit: 5000, used: 0, remaining: 5000, reset: 0 };
const CONTENTS: Right = [['contents', 'read']];

export function repositoryRoutes(): readonly Route[] {
  return [
    get('/meta', 'none', () => ok({ verifiable_password_authentication: false })),
    get('/rate_limit', 'none', () => ok({ resources: { core: UNUSED, search: { ...UNUSED, limit: 30, remaining: 30 } }, rate: UNUSED })),
    get('/user', METADATA, currentUser),
    get('/users/{username}', METADATA, userNamed),
    get(BASE, METADATA, (call) => ok({ ...fullRepositoryJson(call.world), permissions: rolesOf(call) })),
    get(`${BASE}/branches`, CONTENTS, listBranches),
    {
      method: 'GET',
      path: `${BASE}/branches/{branch+}/protection`,
      right: [['administration', 'read']],
      role: 'admin',
      body: null,
      run: branchProtection,
    },
    get(`${BASE}/branches/{branch+}`, CONTENTS, oneBranch),
    get(`${BASE}/rules/branches/{branch+}`, METADATA, branchRules),
    { method: 'GET', path: `${BASE}/collaborators/{username}/permission`, right: METADATA, role: 'read', body: null, run: permissionOf },
    { method: 'GET', path: `${BASE}/collaborators`, right: METADATA, role: 'write', body: null, run: listCollaborators },
  ];
}

function currentUser(call: Call): Answer {
  if (call.principal.kind !== 'person')
    throw new ApiError(
      call.principal.kind === 'anonymous' ? 401 : 403,
      call.principal.kind === 'anonymous' ? 'Requires authentication' : 'Resource not accessible by integration',
    );
  return ok(personJson(call.world, call.principal.account.login));
}

function userNamed(call: Call): Answer {
  const account = call.world.accounts.find((one) => one.login.toLowerCase() === call.params['username']?.toLowerCase());
  if (account === null) throw notFound();
  return ok(personJson(call.world, account.login));
}

function rolesOf(call: Call): Json {
  const role = call.principal.kind === 'person' ? call.principal.account.role : null;
  const rank = ['read', 'triage', 'write', 'maintain', 'admin'].indexOf(role ?? '');
  return { admin: rank >= 4, maintain: rank >= 3, push: rank >= 2, triage: rank >= 1, pull: rank >= 0 || !call.world.settings.private };
}

async function listBranches(call: Call): Promise<Answer> {
  const refs = await call.world.git.listRefs('refs/heads/');
  return paginate(call, refs, (one) => branchSummary(call, one.ref.slice('refs/heads/'.length), one.oid));
}

function branchSummary(call: Call, name: string, sha: string): Json {
  const isProtected = call.world.settings.protection?.branch === name;
  return { name, commit: { sha, url: `${repositoryApi(call.world)}/commits/${sha}` }, protected: isProtected };
}

async function oneBranch(call: Call): Promise<Answer> {
  const { world } = call;
  const name = call.params['branch'] ?? '';
  const sha = await world.git.resolve(`refs/heads/${name}`);
  const commit = sha === null ? null : await world.git.commit(sha);
  if (sha === null || commit === null) throw new ApiError(404, 'Branch not found');
  const address = `${repositoryApi(world)}/branches/${name}`;
  return ok({
    ...branchSummary(call, name, sha),
    commit: commitJson(world, sha, commit),
    _links: { self: address, html: `${repositoryWeb(world)}/tree/${name}` },
    protection: { enabled: world.settings.protection?.branch === name },
    protection_url: `${address}/protection`,
  });
}

function branchProtection(call: Call): Answer {
  const { protection } = call.world.settings;
  if (protection === null || protection.branch !== call.params['branch']) throw new ApiError(404, 'Branch not protected');
  const url = `${repositoryApi(call.world)}/branches/${protection.branch}/protection`;
  return ok({
    url,
    required_status_checks: {
      strict: false,
      contexts: protection.requiredChecks,
      checks: protection.requiredChecks.map((context) => ({ context, app_id: null })),
    },
    required_pull_request_reviews: {
      required_approving_review_count: protection.requiredApprovals,
      dismiss_stale_reviews: false,
      require_code_owner_reviews: false,
    },
    enforce_admins: { url: `${url}/enforce_admins`, enabled: protection.enforceAdmins ?? false },
    required_linear_history: { enabled: false },
    allow_force_pushes: { enabled: false },
    allow_deletions: { enabled: false },
    ...(protection.restrictedTo === undefined ? {} : { restrictions: restrictionsJson(call, { url, logins: protection.restrictedTo }) }),
  });
}

function restrictionsJson({ world }: Call, { url, logins }: { url: string; logins: readonly string[] }): Json {
  const addresses = {
    users_url: `${url}/restrictions/users`,
    teams_url: `${url}/restrictions/teams`,
    apps_url: `${url}/restrictions/apps`,
  };
  return { url: `${url}/restrictions`, ...addresses, users: logins.map((login) => accountJson(world, login)), teams: [], apps: [] };
}

function branchRules(call: Call): Promise<Answer> {
  const { protection } = call.world.settings;
  if (protection === null || protection.branch !== call.params['branch']) return paginate(call, [], (row) => row);
  const source = {
    ruleset_source_type: 'Repository',
    ruleset_source: `${call.world.settings.owner}/${call.world.settings.name}`,
    ruleset_id: 1,
  };
  const checks = protection.requiredChecks.map((context) => ({ context }));
  const rules = [
    {
      type: 'pull_request',
      ...source,
      parameters: {
        required_approving_review_count: protection.requiredApprovals,
        dismiss_stale_reviews_on_push: false,
        require_code_owner_review: false,
        require_last_push_approval: false,
        required_review_thread_resolution: false,
      },
    },
    {
      type: 'required_status_checks',
      ...source,
      parameters: { required_status_checks: checks, strict_required_status_checks_policy: false },
    },
    { type: 'non_fast_forward', ...source },
    { type: 'deletion', ...source },
  ];
  return paginate(call, rules, (row) => row);
}

function permissionOf(call: Call): Answer {
  const account = call.world.accounts.find((one) => one.login.toLowerCase() === call.params['username']?.toLowerCase());
  if (account === null) throw notFound();
  const role = account.role ?? (call.world.settings.private ? 'none' : 'read');
  // The old field knows four words only: maintain is shown as write and triage as read.
  const permission = role === 'maintain' ? 'write' : role === 'triage' ? 'read' : role;
  return ok({ permission, role_name: role, user: { ...accountJson(call.world, account.login), role_name: role } });
}

function listCollaborators(call: Call): Promise<Answer> {
  const rows = call.world.accounts.filter((account) => account.role !== null && account.type === 'User');
  return paginate(call, rows, (account) => ({ ...accountJson(call.world, account.login), role_name: account.role }));
}
