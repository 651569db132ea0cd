import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Octokit } from '@octokit/rest';
import { openDuckDbLog } from '../../pipelines/adapters/duckdb/open-duckdb-log.ts';
import { openArtifactStore } from '../../pipelines/adapters/files/open-artifact-store.ts';
import { UserError } from '../../pipelines/core/errors/user-error.ts';
import type { Instant } from '../../pipelines/core/schema/instant.ts';
import type { Logger } from '../../pipelines/ports/logger.ts';
import { type StartedApp, startHoldfastApp } from '../app.ts';
import { systemRandom } from '../roots/system-ports.ts';
import { type HostRunner, startHostRunner } from '../sandbox/runner/start-host-runner.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { startSandbox } from '../sandbox/start-sandbox.ts';
import type { SandboxOptions } from '../sandbox/store/options.ts';
import type { DemoClock } from './demo-clock.ts';
import type { Approver } from './scripted-approver.ts';

const OWNER = 'example';
const REPOSITORY = 'models-in-production';
const BOT = 'holdfast';
const APPROVER = 'approver';
const ADMINISTRATOR = 'owner';
/** The variable that gate.yml takes its clock from; where it is not set, the gate judges by wall time. */
const GATE_CLOCK = 'HOLDFAST_AS_OF';

export interface WorldPlan {
  /** Root of this project: its node_modules serve the workflow jobs. */
  readonly project: string;
  /** Folder of the run. */
  readonly folder: string;
  /** What becomes the first commit. */
  readonly seed: string;
  readonly dataRoot: string;
  readonly port: number;
  readonly clock: DemoClock;
  readonly logger: Logger;
}

/** Everything that stands for the outside: a GitHub, its workflow runner, the App, and the person who approves. */
export interface World {
  readonly sandbox: Sandbox;
  readonly runner: HostRunner;
  readonly app: StartedApp;
  readonly approver: Approver;
  /** Login of the bot. */
  readonly bot: string;
  /** Sets the simulated time of the gate: a variable of the repository, as only its owner can set it. */
  tellGate(asOf: Instant): Promise<void>;
  close(): Promise<void>;
}

/** Starts the sandbox, the host runner and the App, and installs the App. Everything listens on loopback. */
export async function startWorld(plan: WorldPlan): Promise<World> {
  const webhookSecret = randomBytes(32).toString('hex');
  const sandbox = await startSandboxOn(plan.port, {
    root: join(plan.folder, 'sandbox'),
    users: [
      { login: ADMINISTRATOR, type: 'User', role: 'admin' },
      { login: APPROVER, type: 'User', role: 'maintain' },
    ],
    app: { id: 1, slug: BOT, webhookSecret },
    repository: { owner: OWNER, name: REPOSITORY, seedFrom: plan.seed },
    protection: { branch: 'main', requiredChecks: ['gate'], requiredApprovals: 1 },
    variables: { HOLDFAST_DATA_ROOT: plan.dataRoot, [GATE_CLOCK]: plan.clock.asOf() },
    personAtKeyboard: APPROVER,
  });
  await rm(plan.seed, { recursive: true });
  const runner = await startHostRunner({
    sandbox,
    installedModules: join(plan.project, 'node_modules'),
    disabledWorkflows: ['ci.yml'],
    log: (line) => plan.logger.info(line),
  });
  const app = await startApp(plan, sandbox, webhookSecret);
  sandbox.setWebhookUrl(app.webhookUrl);
  sandbox.announceInstallation();
  const octokit = new Octokit({ auth: sandbox.tokenFor(APPROVER), baseUrl: sandbox.apiUrl });
  return {
    sandbox,
    runner,
    app,
    approver: { octokit, owner: OWNER, repo: REPOSITORY },
    bot: `${BOT}[bot]`,
    async tellGate(asOf) {
      const owner = new Octokit({ auth: sandbox.tokenFor(ADMINISTRATOR), baseUrl: sandbox.apiUrl });
      await owner.rest.actions.updateRepoVariable({ owner: OWNER, repo: REPOSITORY, name: GATE_CLOCK, value: asOf });
    },
    async close() {
      await runner.close();
      await app.close();
      await sandbox.close();
    },
  };
}

async function startSandboxOn(port: number, options: SandboxOptions): Promise<Sandbox> {
  try {
    return await startSandbox({ ...options, port });
  } catch (cause) {
    const taken = cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE';
    if (!taken) throw cause;
    throw new UserError({ code: 'PORT_TAKEN', message: `port ${port} is taken`, hint: 'choose another --port, or leave it out', cause });
  }
}

function startApp(plan: WorldPlan, sandbox: Sandbox, webhookSecret: string): Promise<StartedApp> {
  return startHoldfastApp(
    {
      appId: sandbox.appId,
      privateKey: sandbox.privateKey,
      webhookSecret,
      baseUrl: sandbox.apiUrl,
      pace: 'none',
      openLogs: (definition) => openDuckDbLog({ definition, dataRoot: plan.dataRoot }),
      artifacts: openArtifactStore(join(plan.folder, 'artifacts')),
      clock: plan.clock,
      random: systemRandom,
      logger: plan.logger,
      leaseSeconds: 3600,
    },
    { host: '127.0.0.1', port: 0 },
  );
}
