import { readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { Conclusion } from '../actions-service.ts';
import { type ActionSetting, readInputs } from './actions/replaced-action.ts';
import { REPLACED_ACTIONS } from './actions/replaced-actions.ts';
import { type ExpressionScope, evaluateCondition, interpolate, interpolateMap } from './evaluate-expression.ts';
import { type JobSession, stepScope } from './job-session.ts';
import type { JobStatus } from './job-state.ts';
import { linkInstallation, SETUP_ACTION } from './link-installation.ts';
import { readCompositeAction } from './read-workflow.ts';
import { runScript } from './run-script.ts';
import { WorkflowError } from './workflow-error.ts';
import type { Step } from './workflow-file.ts';

type Outputs = Readonly<Record<string, string>>;

interface StepOutcome {
  readonly outcome: Conclusion;
  readonly conclusion: Conclusion;
  readonly outputs: Outputs;
}

/** Where steps stand: in the job itself, or in a composite action with its inputs. */
export interface StepFrame {
  readonly inputs: unknown;
  /** `./path` of the composite action; null in the job. */
  readonly action: string | null;
  /** `env:` of the step that uses the composite action. */
  readonly environment: Outputs;
  readonly onStep: (number: number, name: string, conclusion: Conclusion | null) => void;
}

export function stepName(step: Step): string {
  return step.name ?? (step.uses === undefined ? `Run ${(step.run ?? '').trim().split('\n')[0]}` : `Run ${step.uses}`);
}

function settingFor(session: JobSession, step: Step, environment: Outputs): ActionSetting {
  const path = [...session.state.path(), session.basePath].join(delimiter);
  const job = session.stepSignal();
  const minutes = step['timeout-minutes'];
  return {
    ...session.setting,
    environment: {
      PATH: path,
      ...session.fixedEnvironment,
      ...session.declaredEnvironment,
      ...session.state.environment(),
      ...environment,
    },
    signal: minutes === undefined ? job : AbortSignal.any([job, AbortSignal.timeout(minutes * 60_000)]),
  };
}

async function runShellStep(step: Step, scope: ExpressionScope, place: Place): Promise<Outputs> {
  const { session, frame, setting } = place;
  const text = interpolate(step.run ?? '', scope);
  if (frame.action === SETUP_ACTION && /^npm ci\b/.test(text.trim())) {
    await linkInstallation(setting);
    return {};
  }
  const folder = step['working-directory'] ?? session.defaultFolder ?? '.';
  const shell = step.shell ?? session.defaultShell;
  const { code, outputs } = await runScript({ text, shell, folder: interpolate(folder, scope) }, setting, session.state);
  if (code !== 0) throw new WorkflowError(`Process completed with exit code ${code}.`);
  return outputs;
}

async function runComposite(step: Step, scope: ExpressionScope, place: Place): Promise<Outputs> {
  const path = step.uses ?? '';
  const file = join(place.setting.folders.workspace, path, 'action.yml');
  const text = await readFile(file, 'utf8').catch((cause) => {
    throw new WorkflowError(`Can't find 'action.yml' under '${path}'. Did you forget to run actions/checkout?`, { cause });
  });
  const action = readCompositeAction(`${path}/action.yml`, text);
  const given = interpolateMap(step.with, scope);
  const unknown = Object.keys(given).filter((name) => !(name in (action.inputs ?? {})));
  if (unknown.length > 0) throw new WorkflowError(`${path}: Unexpected input ${unknown.join(', ')}`);
  const inputs: Record<string, string> = {};
  for (const [name, input] of Object.entries(action.inputs ?? {})) {
    const value = given[name] ?? (input.default === undefined ? undefined : interpolate(input.default, scope));
    if (input.required === true && value === undefined) throw new WorkflowError(`${path}: Input required and not supplied: ${name}`);
    inputs[name] = value ?? '';
  }
  const environment = { ...place.frame.environment, ...interpolateMap(step.env, scope) };
  const frame: StepFrame = { inputs, action: path.replace(/\/$/, ''), environment, onStep: () => {} };
  const { failed, steps } = await runSteps(action.runs.steps, place.session, frame);
  if (failed) throw new WorkflowError(`${path} failed`);
  const inner = stepScope(place.session, { steps, inputs, environment, status: 'success' });
  return Object.fromEntries(Object.entries(action.outputs ?? {}).map(([name, output]) => [name, interpolate(output.value, inner)]));
}

interface Place {
  readonly session: JobSession;
  readonly frame: StepFrame;
  readonly setting: ActionSetting;
}

async function perform(step: Step, scope: ExpressionScope, place: Place): Promise<Outputs> {
  if (step.uses === undefined) return await runShellStep(step, scope, place);
  if (step.uses.startsWith('./')) return await runComposite(step, scope, place);
  const name = step.uses.split('@')[0] ?? '';
  const action = REPLACED_ACTIONS[name];
  if (action === undefined) throw new WorkflowError(`this runner has no stand-in for ${step.uses}`);
  return await action.run(readInputs(name, action, interpolateMap(step.with, scope)), place.setting);
}

interface Past {
  readonly frame: StepFrame;
  readonly steps: Readonly<Record<string, StepOutcome>>;
  readonly status: JobStatus;
}

async function runStep(step: Step, session: JobSession, past: Past): Promise<StepOutcome> {
  const { log } = session.setting;
  const { frame, steps, status } = past;
  try {
    const outer = stepScope(session, { steps, status, inputs: frame.inputs, environment: frame.environment });
    if (!evaluateCondition(step.if, outer)) return { outcome: 'skipped', conclusion: 'skipped', outputs: {} };
    const environment = { ...frame.environment, ...interpolateMap(step.env, outer) };
    const scope = stepScope(session, { steps, status, inputs: frame.inputs, environment });
    log.note(`##[group]${interpolate(stepName(step), scope)}`);
    const outputs = await perform(step, scope, { session, frame, setting: settingFor(session, step, environment) });
    log.note('##[endgroup]');
    return { outcome: 'success', conclusion: 'success', outputs };
  } catch (cause) {
    if (session.isCancelled()) log.fail('The operation was canceled.');
    else log.fail(cause instanceof Error ? cause.message : String(cause));
    log.note('##[endgroup]');
    const outcome = session.isCancelled() ? 'cancelled' : 'failure';
    return { outcome, conclusion: step['continue-on-error'] === true ? 'success' : outcome, outputs: {} };
  }
}

/** Runs steps in order, each under its condition. Says whether one failed, and leaves the `steps` context. */
export async function runSteps(
  list: readonly Step[],
  session: JobSession,
  frame: StepFrame,
): Promise<{ readonly failed: boolean; readonly steps: Readonly<Record<string, StepOutcome>> }> {
  let steps: Readonly<Record<string, StepOutcome>> = {};
  let failed = false;
  for (const [index, step] of list.entries()) {
    frame.onStep(index + 1, stepName(step), null);
    const local = failed ? 'failure' : 'success';
    const status = frame.action === null ? session.state.status() : local;
    const outcome = await runStep(step, session, { frame, steps, status });
    frame.onStep(index + 1, stepName(step), outcome.conclusion);
    if (outcome.conclusion === 'failure' || outcome.conclusion === 'cancelled') failed = true;
    // A step inside an action that may fail must not fail the job: the caller records what the action came to.
    if (frame.action === null) session.state.record(outcome.conclusion);
    if (step.id !== undefined) steps = { ...steps, [step.id]: outcome };
  }
  return { failed, steps };
}
