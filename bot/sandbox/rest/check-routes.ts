import { ensureSuite, putCheck } from '../domain/put-check.ts';
import { ApiError, notFound } from '../http/api-error.ts';
import { anything, type BodyShape, integer, listOf, oneOf, record, required, text } from '../http/body-shape.ts';
import { type Answer, appOf, type Call, created, get, ok, type Right, type Route } from '../http/call.ts';
import { paginate, paginateWrapped } from '../http/paginate.ts';
import { repositoryApi } from '../json/account-json.ts';
import { checkJson, suiteJson } from '../json/check-json.ts';
import type { CheckRun } from '../store/work-entities.ts';
import { changedCheck } from './changed-check.ts';
import { resolveCommit } from './resolve-commit.ts';

const BASE = '/repos/{owner}/{repo}';
const READ: Right = [['checks', 'read']];
const WRITE: Right = [['checks', 'write']];
const KB64 = 65_535;

const ANNOTATION = record({
  path: required(text()),
  start_line: required(integer()),
  end_line: required(integer()),
  start_column: integer(),
  end_column: integer(),
  annotation_level: required(oneOf('notice', 'warning', 'failure')),
  message: required(text(KB64)),
  title: text(255),
  raw_details: text(KB64),
});

const CHECK: BodyShape = {
  name: text(),
  details_url: text(),
  external_id: text(),
  status: oneOf('queued', 'in_progress', 'completed'),
  started_at: text(),
  conclusion: oneOf('action_required', 'cancelled', 'failure', 'neutral', 'success', 'skipped', 'timed_out'),
  completed_at: text(),
  output: record({ title: text(255), summary: text(KB64), text: text(KB64), annotations: listOf(ANNOTATION, 50), images: anything() }),
  actions: listOf(record({ label: required(text(20)), description: required(text(40)), identifier: required(text(20)) }), 3),
};

export function checkRoutes(): readonly Route[] {
  return [
    {
      method: 'POST',
      path: `${BASE}/check-runs`,
      right: WRITE,
      body: { ...CHECK, name: required(text()), head_sha: required(text()) },
      run: createCheck,
    },
    { method: 'PATCH', path: `${BASE}/check-runs/{check_run_id}`, right: WRITE, body: CHECK, run: patchCheck },
    get(`${BASE}/check-runs/{check_run_id}`, READ, (call) => ok(checkJson(call.world, checkAsked(call)))),
    get(`${BASE}/check-runs/{check_run_id}/annotations`, READ, listAnnotations),
    get(`${BASE}/commits/{ref+}/check-runs`, READ, checksOfRef),
    get(`${BASE}/commits/{ref+}/check-suites`, READ, suitesOfRef),
    get(`${BASE}/check-suites/{check_suite_id}`, READ, oneSuite),
  ];
}

function checkAsked(call: Call): CheckRun {
  const check = call.world.checks.get(Number(call.params['check_run_id']));
  if (check === null) throw notFound();
  return check;
}

/** Only Apps make check runs. */
function appBehind(call: Call): string {
  const app = appOf(call);
  if (app === null) throw new ApiError(403, 'You must authenticate via a GitHub App.');
  return app;
}

async function createCheck(call: Call): Promise<Answer> {
  const { world, body } = call;
  const app = appBehind(call);
  const headSha = String(body['head_sha']);
  if ((await world.git.commit(headSha)) === null) throw new ApiError(422, `No commit found for SHA: ${headSha}`);
  const blank: CheckRun = {
    id: world.nextId(),
    suiteId: ensureSuite(world, app, headSha).id,
    app,
    name: String(body['name']),
    headSha,
    externalId: '',
    detailsUrl: null,
    status: 'queued',
    conclusion: null,
    startedAt: world.now(),
    completedAt: null,
    output: { title: null, summary: null, text: null, annotations: [] },
    actions: [],
  };
  return created(checkJson(world, putCheck(world, changedCheck(blank, body, world.now()))));
}

function patchCheck(call: Call): Answer {
  const check = checkAsked(call);
  if (check.app !== appBehind(call))
    throw new ApiError(403, `Invalid app_id \`${appOf(call)}\` - check run can only be modified by the GitHub App that created it.`);
  return ok(checkJson(call.world, putCheck(call.world, changedCheck(check, call.body, call.world.now()))));
}

function listAnnotations(call: Call): Promise<Answer> {
  const check = checkAsked(call);
  return paginate(call, check.output.annotations, (one) => ({
    path: one.path,
    blob_href: `${repositoryApi(call.world)}/git/blobs/${check.headSha}`,
    start_line: one.startLine,
    end_line: one.endLine,
    start_column: null,
    end_column: null,
    annotation_level: one.level,
    message: one.message,
    title: one.title ?? null,
    raw_details: null,
  }));
}

async function checksOfRef(call: Call): Promise<Answer> {
  const { world, query } = call;
  const sha = await resolveCommit(world, call.params['ref'] ?? '');
  const name = query.get('check_name');
  const status = query.get('status');
  const all = world.checks.filter(
    (check) => check.headSha === sha && (name === null || check.name === name) && (status === null || check.status === status),
  );
  // `latest` is the default: the newest of each name and App.
  const isLatest = (check: CheckRun) => all.filter((other) => other.name === check.name && other.app === check.app).at(-1)?.id === check.id;
  const rows = query.get('filter') === 'all' ? all : all.filter(isLatest);
  return paginateWrapped(call, 'check_runs', { rows, render: (check) => checkJson(world, check) });
}

async function suitesOfRef(call: Call): Promise<Answer> {
  const sha = await resolveCommit(call.world, call.params['ref'] ?? '');
  const rows = call.world.suites.filter((suite) => suite.headSha === sha);
  return paginateWrapped(call, 'check_suites', { rows, render: (suite) => suiteJson(call.world, suite) });
}

async function oneSuite(call: Call): Promise<Answer> {
  const suite = call.world.suites.get(Number(call.params['check_suite_id']));
  if (suite === null) throw notFound();
  return ok(await suiteJson(call.world, suite));
}
