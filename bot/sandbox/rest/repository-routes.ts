import { diffFiles } from '../git/diff-files.ts';
import { ApiError, notFound } from '../http/api-error.ts';
import { required, text } from '../http/body-shape.ts';
import { type Answer, type Call, created, noContent, ok, type Right, type Route } from '../http/call.ts';
import { paginate } from '../http/paginate.ts';
import { accountJson, apiUrl, type Json, repositoryApi, repositoryWeb } from '../json/account-json.ts';
import { commitJson } from '../json/commit-json.ts';
import { fileJson } from '../json/pull-json.ts';
import { repositoryJson } from '../json/repository-json.ts';
import { resolveCommit } from './resolve-commit.ts';

const BASE = '/repos/{owner}/{repo}';
const METADATA: Right = [['metadata', 'read']];
const CONTENTS: Right = [['contents', 'read']];

export function repositoryRoutes(): readonly Route[] {
  const variable = { name: text(), value: text() };
  return [
    {
      method: 'GET',
      path: '/',
      right: 'none',
      body: null,
      run: (call) => ok({ current_user_url: `${apiUrl(call.world)}/user`, repository_url: `${apiUrl(call.world)}/repos/{owner}/{repo}` }),
    },
    {
      method: 'GET',
      path: '/meta',
      right: 'none',
      body: null,
      run: () => ok({ verifiable_password_authentication: false, installed_version: 'sandbox' }),
    },
    {
      method: 'GET',
      path: '/rate_limit',
      right: 'none',
      body: null,
      run: () =>
        ok({
          resources: { core: { limit: 5000, used: 0, remaining: 5000, reset: 0 } },
          rate: { limit: 5000, used: 0, remaining: 5000, reset: 0 },
        }),
    },
    { method: 'GET', path: '/user', right: METADATA, body: null, run: currentUser },
    { method: 'GET', path: '/users/{username}', right: METADATA, body: null, run: userNamed },
    {
      method: 'GET',
      path: BASE,
      right: METADATA,
      body: null,
      run: (call) => ok({ ...repositoryJson(call.world), permissions: rolesOf(call) }),
    },
    { method: 'GET', path: `${BASE}/branches`, right: CONTENTS, body: null, run: listBranches },
    {
      method: 'GET',
      path: `${BASE}/branches/{branch+}/protection`,
      right: [['administration', 'read']],
      role: 'admin',
      body: null,
      run: branchProtection,
    },
    { method: 'GET', path: `${BASE}/branches/{branch+}`, right: CONTENTS, body: null, run: oneBranch },
    { method: 'GET', path: `${BASE}/rules/branches/{branch+}`, right: METADATA, body: null, run: branchRules },
    { method: 'GET', path: `${BASE}/collaborators/{username}/permission`, right: METADATA, role: 'read', body: null, run: permissionOf },
    { method: 'GET', path: `${BASE}/collaborators`, right: METADATA, role: 'write', body: null, run: listCollaborators },
    { method: 'GET', path: `${BASE}/commits`, right: CONTENTS, body: null, run: listCommits },
    { method: 'GET', path: `${BASE}/commits/{ref+}`, right: CONTENTS, body: null, run: oneCommit },
    { method: 'GET', path: `${BASE}/compare/{basehead+}`, right: CONTENTS, body: null, run: compare },
    {
      method: 'GET',
      path: `${BASE}/actions/variables`,
      right: [
        ['actions_variables', 'read'],
        ['actions', 'read'],
      ],
      body: null,
      run: listVariables,
    },
    {
      method: 'GET',
      path: `${BASE}/actions/variables/{name}`,
      right: [
        ['actions_variables', 'read'],
        ['actions', 'read'],
      ],
      body: null,
      run: oneVariable,
    },
    {
      method: 'POST',
      path: `${BASE}/actions/variables`,
      right: [['actions_variables', 'write']],
      role: 'admin',
      body: { name: required(text()), value: required(text()) },
      run: (call) => created(putVariable(call, String(call.body['name']))),
    },
    {
      method: 'PATCH',
      path: `${BASE}/actions/variables/{name}`,
      right: [['actions_variables', 'write']],
      role: 'admin',
      body: variable,
      run: patchVariable,
    },
  ];
}

function currentUser(call: Call): Answer {
  if (call.principal.kind !== 'person')
    throw new ApiError(
      call.principal.kind === 'anonymous' ? 401 : 403,
      call.principal.kind === 'anonymous' ? 'Requires authentication' : 'Resource not accessible by integration',
    );
  return ok(accountJson(call.world, call.principal.account.login));
}

function userNamed(call: Call): Answer {
  const account = call.world.accounts.find((one) => one.login.toLowerCase() === call.params['username']?.toLowerCase());
  if (account === null) throw notFound();
  return ok({ ...accountJson(call.world, account.login), name: account.login });
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
  return ok({
    ...branchSummary(call, name, sha),
    commit: commitJson(world, sha, commit),
    _links: { self: '', html: `${repositoryWeb(world)}/tree/${name}` },
  });
}

function branchProtection(call: Call): Answer {
  const { protection } = call.world.settings;
  if (protection === null || protection.branch !== call.params['branch']) throw new ApiError(404, 'Branch not protected');
  return ok({
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
    enforce_admins: { enabled: protection.enforceAdmins ?? false },
    required_linear_history: { enabled: false },
    allow_force_pushes: { enabled: false },
    allow_deletions: { enabled: false },
    restrictions:
      protection.restrictedTo === undefined
        ? null
        : { users: protection.restrictedTo.map((login) => accountJson(call.world, login)), teams: [], apps: [] },
  });
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
  return ok({ permission, role_name: role, user: accountJson(call.world, account.login) });
}

function listCollaborators(call: Call): Promise<Answer> {
  const rows = call.world.accounts.filter((account) => account.role !== null && account.type === 'User');
  return paginate(call, rows, (account) => ({ ...accountJson(call.world, account.login), role_name: account.role }));
}

async function listCommits(call: Call): Promise<Answer> {
  const { world, query } = call;
  const sha = await resolveCommit(world, query.get('sha') ?? 'main');
  const path = query.get('path');
  const text = await world.git.text(['rev-list', '--max-count=3000', sha, ...(path === null ? [] : ['--', path])]);
  const rows = text.split('\n').filter((line) => line !== '');
  return paginate(call, rows, (row) => rendered(call, row));
}

async function oneCommit(call: Call): Promise<Answer> {
  const sha = await resolveCommit(call.world, call.params['ref'] ?? '');
  if (call.accept.includes('sha')) return { status: 200, bytes: Buffer.from(sha), type: 'application/vnd.github.sha; charset=utf-8' };
  const commit = await call.world.git.commit(sha);
  const empty = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';
  const files = await diffFiles(call.world.git, commit?.parents[0] ?? empty, sha);
  return ok({ ...(await rendered(call, sha)), files: files.map((file) => fileJson(call.world, file, sha)) });
}

async function rendered(call: Call, sha: string): Promise<Json> {
  const commit = await call.world.git.commit(sha);
  return commit === null ? {} : commitJson(call.world, sha, commit);
}

async function compare(call: Call): Promise<Answer> {
  const { world } = call;
  const [baseName = '', headName = ''] = (call.params['basehead'] ?? '').split('...');
  if (headName === '') throw notFound();
  const [base, head] = await Promise.all([resolveCommit(world, baseName), resolveCommit(world, headName)]);
  const fork = await world.git.mergeBase(base, head);
  if (fork === null) throw new ApiError(404, `No common ancestor between ${baseName} and ${headName}.`);
  const [ahead, behind, files] = await Promise.all([
    world.git.commitsBetween(base, head),
    world.git.commitsBetween(head, base),
    diffFiles(world.git, fork, head),
  ]);
  const status = ahead.length > 0 ? (behind.length > 0 ? 'diverged' : 'ahead') : behind.length > 0 ? 'behind' : 'identical';
  const shown = await Promise.all([...ahead].reverse().map((sha) => rendered(call, sha)));
  return ok({
    url: call.url.href,
    html_url: `${repositoryWeb(world)}/compare/${baseName}...${headName}`,
    base_commit: await rendered(call, base),
    merge_base_commit: await rendered(call, fork),
    status,
    ahead_by: ahead.length,
    behind_by: behind.length,
    total_commits: ahead.length,
    commits: shown,
    files: files.slice(0, 300).map((file) => fileJson(world, file, head)),
  });
}

function variableJson(call: Call, name: string): Json {
  const { createdAt } = call.world.settings;
  return { name, value: call.world.variables.get(name), created_at: createdAt, updated_at: createdAt };
}

function listVariables(call: Call): Answer {
  const names = [...call.world.variables.keys()];
  return ok({ total_count: names.length, variables: names.map((name) => variableJson(call, name)) });
}

function oneVariable(call: Call): Answer {
  const name = (call.params['name'] ?? '').toUpperCase();
  if (!call.world.variables.has(name)) throw notFound();
  return ok(variableJson(call, name));
}

function putVariable(call: Call, name: string): Json {
  if (call.world.variables.has(name.toUpperCase()) && call.params['name'] === undefined)
    throw new ApiError(409, 'Already exists - Variable already exists');
  call.world.variables.set(name.toUpperCase(), String(call.body['value']));
  return {};
}

function patchVariable(call: Call): Answer {
  oneVariable(call);
  putVariable(call, call.params['name'] ?? '');
  return noContent();
}
