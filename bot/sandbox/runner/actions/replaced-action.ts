import type { JobPermissions } from '../../actions-service.ts';
import type { JobFolders } from '../job-folders.ts';
import type { JobLog } from '../job-log.ts';
import type { RunnerHost } from '../runner-host.ts';
import { WorkflowError } from '../workflow-error.ts';

/** What an action is given besides its inputs. */
export interface ActionSetting {
  readonly host: RunnerHost;
  readonly runId: number;
  readonly token: string;
  readonly permissions: JobPermissions;
  /** Name of the job's `environment:`; null when it has none. */
  readonly environmentName: string | null;
  readonly folders: JobFolders;
  /** Node modules of the host that stand in for an installation. */
  readonly installedModules: string;
  readonly log: JobLog;
  /** `github.ref` and `github.sha` of the run. */
  readonly ref: string;
  readonly sha: string;
  /** The environment of a process that the action starts. */
  readonly environment: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** The stand-in for one of GitHub's actions. Returns the outputs; throws WorkflowError to fail the step. */
export interface ReplacedAction {
  /** Inputs that it obeys, with their defaults. Any other input is an error. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly run: (inputs: Readonly<Record<string, string>>, setting: ActionSetting) => Promise<Readonly<Record<string, string>>>;
}

/** Defaults filled in. Throws WorkflowError for an input that the stand-in does not obey. */
export function readInputs(
  name: string,
  action: ReplacedAction,
  given: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const unknown = Object.keys(given).filter((input) => !(input in action.inputs));
  if (unknown.length > 0) throw new WorkflowError(`${name}: this runner does not know the input ${unknown.join(', ')}`);
  return { ...action.inputs, ...given };
}
