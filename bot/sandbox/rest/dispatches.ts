import { parse } from 'yaml';
import { createRun, updateRun, workflowIdOf } from '../actions/run-records.ts';
import { ApiError, notFound } from '../http/api-error.ts';
import { type Answer, actorOf, type Call, noContent, ok } from '../http/call.ts';
import { repositoryApi, repositoryWeb } from '../json/account-json.ts';

const MAXIMUM_INPUTS = 25;
const MAXIMUM_PAYLOAD_KEYS = 10;
const MAXIMUM_PAYLOAD_BYTES = 65_535;

interface InputRule {
  readonly required?: boolean;
  readonly default?: unknown;
  readonly type?: string;
  readonly options?: readonly string[];
}

interface WorkflowFile {
  readonly name?: string;
  readonly on?: unknown;
}

/** POST dispatches of a workflow: holds the inputs against the file at the ref, makes the queued run, and lets the runner hear it. */
export async function dispatchWorkflow(call: Call): Promise<Answer> {
  const { world, body } = call;
  const branch = String(body['ref']).replace(/^refs\/(heads|tags)\//, '');
  const [head, tag] = await Promise.all([world.git.resolve(`refs/heads/${branch}`), world.git.resolve(`refs/tags/${branch}`)]);
  const sha = head ?? tag;
  if (sha === null) throw new ApiError(422, `No ref found for: ${branch}`);
  const path = pathAsked(call);
  const file = await world.git.read(`${sha}:${path}`);
  if (file === null) throw notFound();
  const workflow = parse(file.content.toString('utf8')) as WorkflowFile;
  const inputs = checkInputs(dispatchRules(workflow), (body['inputs'] ?? {}) as Readonly<Record<string, unknown>>);
  const actor = actorOf(call);
  const name = workflow.name ?? path;
  const run = createRun(world, { workflowPath: path, event: 'workflow_dispatch', headBranch: branch, headSha: sha, actor, title: name });
  updateRun(world, run.id, { name });
  const ref = head === null ? `refs/tags/${branch}` : `refs/heads/${branch}`;
  const payload = { inputs, ref, workflow: path };
  world.emit({ event: 'workflow_dispatch', action: null, actor, payload });
  world.trigger({
    event: 'workflow_dispatch',
    action: null,
    ref,
    sha,
    workflowPath: path,
    inputs,
    payload,
    actor,
    runId: run.id,
    approvalRequired: false,
  });
  if (body['return_run_details'] !== true) return noContent();
  return ok({
    workflow_run_id: run.id,
    run_url: `${repositoryApi(world)}/actions/runs/${run.id}`,
    html_url: `${repositoryWeb(world)}/actions/runs/${run.id}`,
  });
}

/** POST dispatches of the repository: a repository_dispatch event on the default branch. */
export async function dispatchRepository(call: Call): Promise<Answer> {
  const { world, body } = call;
  const clientPayload = (body['client_payload'] ?? {}) as Readonly<Record<string, unknown>>;
  if (Object.keys(clientPayload).length > MAXIMUM_PAYLOAD_KEYS)
    throw new ApiError(422, 'Invalid request.\n\nNo more than 10 properties are allowed; client_payload has more.');
  if (Buffer.byteLength(JSON.stringify(clientPayload)) > MAXIMUM_PAYLOAD_BYTES) throw new ApiError(422, 'client_payload is too large.');
  const actor = actorOf(call);
  const action = String(body['event_type']);
  const payload = { action, branch: 'main', client_payload: clientPayload };
  const sha = await world.git.resolve('refs/heads/main');
  world.emit({ event: 'repository_dispatch', action, actor, payload });
  world.trigger({
    event: 'repository_dispatch',
    action,
    ref: 'refs/heads/main',
    sha: sha ?? '',
    workflowPath: null,
    inputs: {},
    payload,
    actor,
    runId: null,
    approvalRequired: false,
  });
  return noContent();
}

function pathAsked(call: Call): string {
  const asked = call.params['workflow_id'] ?? '';
  if (!/^\d+$/.test(asked)) return `.github/workflows/${asked.replace('.github/workflows/', '')}`;
  const found = [...call.world.workflowIds.keys()].find((path) => workflowIdOf(call.world, path) === Number(asked));
  if (found === undefined) throw notFound();
  return found;
}

function dispatchRules(workflow: WorkflowFile): Readonly<Record<string, InputRule>> {
  const { on } = workflow;
  const listed = on === 'workflow_dispatch' || (Array.isArray(on) && on.includes('workflow_dispatch'));
  if (listed) return {};
  if (on === null || typeof on !== 'object' || !('workflow_dispatch' in on))
    throw new ApiError(422, "Workflow does not have 'workflow_dispatch' trigger");
  const rules = (on as { workflow_dispatch: { inputs?: Record<string, InputRule> } | null }).workflow_dispatch;
  return rules?.inputs ?? {};
}

function checkInputs(
  rules: Readonly<Record<string, InputRule>>,
  given: Readonly<Record<string, unknown>>,
): Readonly<Record<string, string>> {
  const unexpected = Object.keys(given).filter((name) => rules[name] === undefined);
  if (unexpected.length > 0) throw new ApiError(422, `Unexpected inputs provided: ${JSON.stringify(unexpected)}`);
  if (Object.keys(given).length > MAXIMUM_INPUTS) throw new ApiError(422, `No more than ${MAXIMUM_INPUTS} inputs are allowed.`);
  const inputs: Record<string, string> = {};
  for (const [name, rule] of Object.entries(rules)) {
    const value = given[name] ?? rule.default;
    if (value === undefined && rule.required === true) throw new ApiError(422, `Required input '${name}' not provided`);
    const wrongChoice = rule.type === 'choice' && value !== undefined && rule.options?.includes(String(value)) === false;
    if (wrongChoice) throw new ApiError(422, `Provided value '${String(value)}' for input '${name}' not in the list of allowed values`);
    if (value !== undefined) inputs[name] = String(value);
  }
  return inputs;
}
