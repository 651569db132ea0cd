import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import type {
  ActionsService,
  Conclusion,
  JobPermissions,
  JobResult,
  NewRun,
  RunStatus,
  StepState,
  Trigger,
} from '../../bot/sandbox/actions-service.ts';

export interface FakeJob {
  readonly runId: number;
  readonly name: string;
  log: string;
  steps: readonly StepState[];
  result: JobResult | null;
}

export interface FakeRun extends NewRun {
  readonly id: number;
  status: RunStatus;
  conclusion: Conclusion | null;
  name: string | null;
  shownTitle: string | null;
}

/** An Actions service that keeps what the runner reports, for tests to read. */
export interface FakeActionsService extends ActionsService {
  readonly runs: FakeRun[];
  readonly jobs: FakeJob[];
  /** Tokens ever minted, and whether they are still valid. */
  readonly tokens: Map<string, { readonly permissions: JobPermissions; valid: boolean }>;
  readonly published: string[];
  trigger(trigger: Trigger): void;
}

function unused(): never {
  throw new Error('the runner does not call this');
}

/** Opens a service without a server; artifacts are kept as folders below `root`. */
export function fakeActionsService(root: string, variables: Readonly<Record<string, string>> = {}): FakeActionsService {
  const runs: FakeRun[] = [];
  const jobs: FakeJob[] = [];
  const tokens: FakeActionsService['tokens'] = new Map();
  const listeners = new Set<(trigger: Trigger) => void>();
  const artifacts = new Map<string, { id: number; runId: number; name: string; sizeInBytes: number; digest: string }>();
  const published: string[] = [];
  const run = (id: number) => runs[id - 1] ?? unused();
  const job = (id: number) => jobs[id - 1] ?? unused();
  const folderOf = (runId: number, name: string) => join(root, 'artifacts', `${runId}-${name}`);
  return {
    runs,
    jobs,
    tokens,
    published,
    trigger: (trigger) => listeners.forEach((listener) => void listener(trigger)),
    onTrigger(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    createRun: (given) => runs.push({ ...given, id: runs.length + 1, status: 'queued', conclusion: null, name: null, shownTitle: null }),
    updateRun(id, change) {
      const { title, ...rest } = change;
      Object.assign(run(id), rest, title === undefined ? {} : { shownTitle: title });
    },
    createJobCheck(runId, { name }) {
      const jobId = jobs.push({ runId, name, log: '', steps: [], result: null });
      return { jobId, checkRunId: jobId + 1000 };
    },
    updateJob: (jobId, change) => void Object.assign(job(jobId), change.steps === undefined ? {} : { steps: change.steps }),
    completeJobCheck(jobId, result) {
      if (job(jobId).result !== null) throw new Error(`job ${jobId} was completed twice`);
      job(jobId).result = result;
    },
    appendLog(jobId, text) {
      job(jobId).log += text;
    },
    storeArtifact(runId, name, content) {
      if (content instanceof Uint8Array) return unused();
      if (existsSync(folderOf(runId, name))) throw new Error(`an artifact with the name ${name} already exists`);
      cpSync(content.folder, folderOf(runId, name), { recursive: true });
      const stored = { id: artifacts.size + 1, runId, name, sizeInBytes: 1, digest: 'sha256:00' };
      artifacts.set(`${runId}-${name}`, stored);
      return stored;
    },
    listArtifacts: (runId) => [...artifacts.values()].filter((artifact) => artifact.runId === runId),
    readArtifact: unused,
    extractArtifact: (runId, name, folder) => cpSync(folderOf(runId, name), folder, { recursive: true }),
    mintJobToken(_runId, permissions) {
      const token = `ghs_${tokens.size + 1}_secret`;
      tokens.set(token, { permissions, valid: true });
      return token;
    },
    revokeJobToken(token) {
      const known = tokens.get(token);
      if (known !== undefined) known.valid = false;
    },
    mintIdToken: unused,
    publishPages(_runId, folder) {
      const target = join(root, 'pages');
      cpSync(folder, target, { recursive: true });
      published.push(target);
      return 'http://127.0.0.1/pages/acme/shop/';
    },
    variables: () => variables,
  };
}
