import type { ActionSetting } from './actions/replaced-action.ts';
import type { ExpressionScope } from './evaluate-expression.ts';
import { hashFiles } from './hash-files.ts';
import type { JobState, JobStatus } from './job-state.ts';

/** One running job: what all its steps share. */
export interface JobSession {
  /** Everything of the action setting that does not change from step to step. */
  readonly setting: Omit<ActionSetting, 'environment' | 'signal'>;
  readonly state: JobState;
  /** GITHUB_*, RUNNER_*, HOME: the same for each step. */
  readonly fixedEnvironment: Readonly<Record<string, string>>;
  /** `env:` of workflow and job. */
  readonly declaredEnvironment: Readonly<Record<string, string>>;
  readonly basePath: string;
  /** Contexts that stay the same: github, needs, vars, secrets, inputs, runner. */
  readonly contexts: Readonly<Record<string, unknown>>;
  readonly defaultShell: 'bash' | 'sh' | null;
  readonly defaultFolder: string | null;
  /** Ends a step: timeout or cancellation of the job. After that, steps that always run get a short time of their own. */
  readonly stepSignal: () => AbortSignal;
  readonly isCancelled: () => boolean;
}

/** What a conditional or text of a step may name, given the steps before it and, in a composite action, its inputs. */
export function stepScope(
  session: JobSession,
  local: {
    readonly steps: Readonly<Record<string, unknown>>;
    readonly inputs: unknown;
    readonly environment: Readonly<Record<string, string>>;
    /** How the steps before this one went, in the job or in the composite action. */
    readonly status: JobStatus;
  },
): ExpressionScope {
  const status = session.isCancelled() ? 'cancelled' : local.status;
  return {
    contexts: {
      ...session.contexts,
      inputs: local.inputs,
      steps: local.steps,
      job: { status },
      env: { ...session.declaredEnvironment, ...session.state.environment(), ...local.environment },
    },
    functions: {
      success: () => status === 'success',
      failure: () => status === 'failure',
      cancelled: () => status === 'cancelled',
      always: () => true,
      hashFiles: (...patterns) => hashFiles(session.setting.folders.workspace, patterns),
    },
  };
}
