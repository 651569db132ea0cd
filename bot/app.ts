import { hkdfSync } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Probot } from 'probot';
import { openDuckDbLog } from '../pipelines/adapters/duckdb/open-duckdb-log.ts';
import { openArtifactStore } from '../pipelines/adapters/files/open-artifact-store.ts';
import { loadPredictor } from '../pipelines/adapters/tfjs/load-predictor.ts';
import { UserError } from '../pipelines/core/errors/user-error.ts';
import { createClient } from './github/create-client.ts';
import { resolveBotLogin } from './github/resolve-bot-login.ts';
import { type AppDependencies, type ListenSettings, readAppEnvironment } from './roots/app-settings.ts';
import { checkWebhookSecret } from './roots/check-webhook-secret.ts';
import { createDeliveryRegister } from './roots/delivery-register.ts';
import { type InstalledRepository, listInstallations } from './roots/list-installations.ts';
import { listenToEvents } from './roots/listen-to-events.ts';
import { openRepositoryShell, type RepositoryShell } from './roots/open-repository-shell.ts';
import { problemOf, reconcileRepository } from './roots/reconcile-repository.ts';
import { createSerialQueue } from './roots/serial-queue.ts';
import { serveWebhooks } from './roots/serve-webhooks.ts';
import { jsonLogger, systemClock, systemRandom } from './roots/system-ports.ts';

export type { AppDependencies } from './roots/app-settings.ts';

/** The App: what Probot is given, and what drives it without a webhook. */
export interface HoldfastApp {
  readonly application: (probot: Probot) => void;
  /** Resolves when everything that was asked for is done. */
  idle(): Promise<void>;
  /** Looks at the logs of every model of every repository, and waits until that is done. */
  sweep(): Promise<void>;
}

const GITHUB_ACTIONS = 'github-actions[bot]';

interface Wish {
  repository: InstalledRepository;
  observe: boolean;
  deliveries: string[];
}

/** Webhooks only mark a repository; one serial queue reconciles. Throws a UserError when the webhook secret is missing or weak. */
export function createHoldfastApp(dependencies: AppDependencies): HoldfastApp {
  const { logger, clock, artifacts, random, openLogs, leaseSeconds } = dependencies;
  const secret = checkWebhookSecret(dependencies.webhookSecret);
  const markerKey = new Uint8Array(hkdfSync('sha256', secret, '', 'holdfast marker v1', 32));
  const appClient = createClient({
    ...dependencies,
    credentials: { kind: 'app', appId: dependencies.appId, privateKey: dependencies.privateKey },
  });
  const register = createDeliveryRegister();
  const wishes = new Map<string, Wish>();
  const shells = new Map<string, RepositoryShell>();
  const openShell = async ({ fullName, installationId }: InstalledRepository): Promise<RepositoryShell> => {
    const known = shells.get(fullName);
    if (known !== undefined) return known;
    const { appId, privateKey } = dependencies;
    const repositoryName = fullName.split('/')[1] ?? '';
    const client = createClient({
      ...dependencies,
      credentials: { kind: 'installation', appId, privateKey, installationId, repositoryName },
    });
    const shell = openRepositoryShell(client, fullName, [await resolveBotLogin(appClient), GITHUB_ACTIONS]);
    shells.set(fullName, shell);
    return shell;
  };
  const work = async (fullName: string) => {
    const wish = wishes.get(fullName);
    wishes.delete(fullName);
    if (wish === undefined) return;
    const shell = {
      holder: 'app',
      leaseSeconds,
      markerKey,
      observe: wish.observe ? ('logs' as const) : ('nothing' as const),
      report: null,
    };
    await reconcileRepository(await openShell(wish.repository), { openLogs, loadPredictor, artifacts, clock, random, logger, shell });
    register.markDone(wish.deliveries);
  };
  const queue = createSerialQueue(work, (error, name) => logger.error('reconciliation failed', { repository: name, ...problemOf(error) }));
  const mark = (repository: InstalledRepository, wanted: { readonly observe: boolean; readonly delivery: string | null }) => {
    const wish = wishes.get(repository.fullName) ?? { repository, observe: false, deliveries: [] };
    const deliveries = wanted.delivery === null ? wish.deliveries : [...wish.deliveries, wanted.delivery];
    wishes.set(repository.fullName, { repository, observe: wish.observe || wanted.observe, deliveries });
    queue.add(repository.fullName);
  };
  return {
    application: (probot) => listenToEvents(probot, { isDone: register.isDone, mark, forget: (fullName) => shells.delete(fullName) }),
    idle: queue.idle,
    async sweep() {
      for (const repository of await listInstallations(appClient, dependencies)) mark(repository, { observe: true, delivery: null });
      await queue.idle();
    },
  };
}

/** A running App: `webhookUrl` is where GitHub must send its events. */
export interface StartedApp extends Pick<HoldfastApp, 'idle' | 'sweep'> {
  readonly webhookUrl: string;
  close(): Promise<void>;
}

/** Listens for webhooks. */
export async function startHoldfastApp(dependencies: AppDependencies, listen: ListenSettings): Promise<StartedApp> {
  const app = createHoldfastApp(dependencies);
  const server = await serveWebhooks(app.application, dependencies, listen);
  return { webhookUrl: server.webhookUrl, idle: app.idle, sweep: app.sweep, close: server.close };
}

async function main(): Promise<void> {
  const { dataRoot, artifactFolder, sweepMinutes, host, port, ...identity } = readAppEnvironment(process.env);
  const logger = jsonLogger((line) => process.stdout.write(`${line}\n`));
  const started = await startHoldfastApp(
    {
      ...identity,
      pace: 'github',
      openLogs: (definition) => openDuckDbLog({ definition, dataRoot }),
      artifacts: openArtifactStore(artifactFolder),
      clock: systemClock(),
      random: systemRandom,
      logger,
      leaseSeconds: 3600,
    },
    { host, port },
  );
  logger.info('listening', { webhookUrl: started.webhookUrl });
  const sweep = () => started.sweep().catch((error: unknown) => logger.error('sweep failed', problemOf(error)));
  setInterval(sweep, sweepMinutes * 60_000);
  await sweep();
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  await main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    if (error instanceof UserError) process.stderr.write(`→ ${error.hint}\n`);
    process.exitCode = error instanceof UserError ? 2 : 70;
  });
}
