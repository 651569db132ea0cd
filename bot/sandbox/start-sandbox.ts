import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createActionsService } from './actions/create-actions-service.ts';
import { pagesUrl } from './actions/publish-pages.ts';
import { createWorld } from './create-world.ts';
import { createSandboxServer } from './http/serve.ts';
import { repositoryWeb } from './json/account-json.ts';
import { repositoryJson } from './json/repository-json.ts';
import { installationJson } from './rest/app-routes.ts';
import type { Sandbox } from './sandbox.ts';
import type { SandboxOptions } from './store/options.ts';
import type { World } from './store/world.ts';

/**
 * Starts a GitHub on the laptop: REST, a little GraphQL, git over HTTP, signed webhooks and plain pages over one real bare repository.
 * Listens on 127.0.0.1 only. State is in memory, git and artifacts lie below `options.root`, which is emptied of an earlier sandbox.
 * `options.clock` is wall time (tokens, time stamps): the sandbox knows no simulated time.
 *
 * What differs from github.com on purpose: unknown keys in request bodies are refused with 422, a pull request list whose `head` lacks its
 * owner is refused, deployments must write out auto_merge and required_contexts, and admins never merge past the branch protection.
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  let url = '';
  const made = await createWorld(options, () => url);
  const { world } = made;
  const server = createSandboxServer(world);
  url = `http://127.0.0.1:${await listen(server, options.port ?? 0)}`;
  return {
    url,
    apiUrl: `${url}/api/v3`,
    gitUrl: `${repositoryWeb(world)}.git`,
    repositoryUrl: repositoryWeb(world),
    pagesUrl: pagesUrl(world),
    repositoryPath: world.git.path,
    privateKey: made.privateKey,
    appId: world.settings.appId,
    installationId: world.settings.installationId,
    firstCommit: made.firstCommit,
    actions: createActionsService(world, made.onTrigger),
    tokenFor: (login) => tokenFor(world, login),
    setWebhookUrl: (next) => made.sender.setUrl(next),
    announceInstallation: () => announceInstallation(world),
    settled: () => made.sender.settled(),
    deliveries: () =>
      world.deliveries
        .all()
        .map(({ id, guid, event, action, statusCode, redelivery }) => ({ id, guid, event, action, statusCode, redelivery })),
    close: async () => {
      await closeServer(server);
      await world.exclusively(async () => world.git.close());
    },
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function tokenFor(world: World, login: string): string {
  for (const [token, grant] of world.tokens) {
    if (grant.kind === 'person' && grant.login === login) return token;
  }
  throw new Error(`the sandbox has no user ${login}`);
}

function announceInstallation(world: World): void {
  const { id, node_id, name, full_name, private: isPrivate } = repositoryJson(world) as Record<string, unknown>;
  const payload = {
    action: 'created',
    installation: installationJson(world),
    repositories: [{ id, node_id, name, full_name, private: isPrivate }],
    requester: null,
  };
  world.emit({ event: 'installation', action: 'created', actor: world.settings.person, payload });
}
