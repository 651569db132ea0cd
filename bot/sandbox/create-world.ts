import { createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ACTIONS_LOGIN } from './actions/actions-login.ts';
import type { Trigger } from './actions-service.ts';
import { openGitStore } from './git/git-store.ts';
import { seedRepository } from './git/seed-repository.ts';
import { createWebhookSender, type WebhookSender } from './hooks/webhook-sender.ts';
import { accountJson } from './json/account-json.ts';
import { repositoryJson } from './json/repository-json.ts';
import type { Role } from './store/entities.ts';
import { createMutex } from './store/mutex.ts';
import type { SandboxOptions } from './store/options.ts';
import { createTables, type Happening, type Settings, type World } from './store/world.ts';

/** GITHUB.md section D: what the App asks for. */
const APP_PERMISSIONS = {
  metadata: 'read',
  contents: 'write',
  issues: 'write',
  pull_requests: 'write',
  checks: 'write',
  actions: 'write',
  deployments: 'write',
} as const;

export interface MadeWorld {
  readonly world: World;
  readonly sender: WebhookSender;
  readonly privateKey: string;
  readonly firstCommit: string;
  readonly onTrigger: (listener: (trigger: Trigger) => void) => () => void;
}

/** Makes the state of a new sandbox: the bare repository, accounts, tokens and the ways out of it. Anything at the root is replaced. */
export async function createWorld(options: SandboxOptions, webUrl: () => string): Promise<MadeWorld> {
  const clock = options.clock ?? (() => new Date());
  const time = () => clock().getTime();
  const now = () => new Date(time()).toISOString().replace(/\.\d+Z$/, 'Z');
  const path = join(options.root, 'repository.git');
  const firstCommit = await seedAfresh(options, path, now());
  const privateKey = options.app.privateKey ?? newKey();
  const tables = createTables();
  const nextId = counter(1000);
  const { id: appId, webhookSecret: secret, webhookUrl: url = null } = options.app;
  const sender = createWebhookSender({ secret, appId, url, deliveries: tables.deliveries, nextId, time });
  const listeners = new Set<(trigger: Trigger) => void>();
  const world: World = {
    ...tables,
    settings: settingsOf(options, { publicKey: publicKeyOf(privateKey), createdAt: now() }),
    git: openGitStore(path),
    tokens: new Map(),
    variables: new Map(Object.entries(options.variables ?? {})),
    workflowIds: new Map(),
    verified: new Set(),
    now,
    time,
    nextId,
    nextNumber: counter(1),
    webUrl,
    emit: (happening) =>
      sender.send({ event: happening.event, action: happening.action, body: JSON.stringify(payloadOf(world, happening)) }),
    redeliver: (delivery) => sender.send({ event: delivery.event, action: delivery.action, body: delivery.body, guid: delivery.guid }),
    // After the answer of the request that caused it, as on GitHub.
    trigger: (trigger) => void setImmediate(() => tell(listeners, { ...trigger, payload: payloadOf(world, trigger) })),
    exclusively: createMutex(),
  };
  addAccounts(world, options);
  const onTrigger = (listener: (trigger: Trigger) => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  return { world, sender, privateKey, firstCommit, onTrigger };
}

async function seedAfresh(options: SandboxOptions, path: string, date: string): Promise<string> {
  mkdirSync(options.root, { recursive: true });
  for (const old of ['repository.git', 'artifacts', 'pages']) rmSync(join(options.root, old), { recursive: true, force: true });
  const { owner, seedFrom, exclude = () => false } = options.repository;
  return seedRepository({ path, from: seedFrom, exclude, author: { name: owner, email: `${owner}@users.noreply.github.com`, date } });
}

function settingsOf(options: SandboxOptions, made: { publicKey: string; createdAt: string }): Settings {
  return {
    ...made,
    root: options.root,
    owner: options.repository.owner,
    name: options.repository.name,
    repositoryId: 700_001,
    private: options.repository.private ?? false,
    appId: options.app.id,
    appSlug: options.app.slug,
    installationId: 500_001,
    granted: options.app.permissions ?? APP_PERMISSIONS,
    webhookSecret: options.app.webhookSecret,
    protection: options.protection,
    throttle: options.throttle ?? null,
    tokenFormat: options.tokenFormat ?? 'opaque',
    person: options.personAtKeyboard ?? 'approver',
    formToken: randomBytes(24).toString('base64url'),
  };
}

function addAccounts(world: World, options: SandboxOptions): void {
  const add = (login: string, type: 'User' | 'Bot' | 'Organization', role: Role | null) => {
    const known = world.accounts.find((account) => account.login === login);
    return known ?? world.accounts.put({ id: world.nextId(), login, type, role });
  };
  for (const user of options.users) {
    add(user.login, user.type, user.role);
    const token = user.token ?? `ghp_${randomBytes(24).toString('base64url').replace(/[-_]/g, 'x')}`;
    world.tokens.set(token, { kind: 'person', login: user.login, permissions: {}, expiresAt: null, runId: null });
  }
  add(options.repository.owner, 'Organization', 'admin');
  add(`${options.app.slug}[bot]`, 'Bot', 'write');
  add(ACTIONS_LOGIN, 'Bot', 'write');
}

function payloadOf(world: World, happening: Pick<Happening, 'payload'> & { readonly actor: string }): Readonly<Record<string, unknown>> {
  const { installationId } = world.settings;
  return {
    ...happening.payload,
    repository: repositoryJson(world),
    sender: accountJson(world, happening.actor),
    installation: happening.payload['installation'] ?? { id: installationId, node_id: `MDIz${installationId}` },
  };
}

function tell(listeners: ReadonlySet<(trigger: Trigger) => void>, trigger: Trigger): void {
  for (const listener of listeners) listener(trigger);
}

function counter(first: number): () => number {
  let next = first;
  return () => next++;
}

function newKey(): string {
  return generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  }).privateKey;
}

function publicKeyOf(privateKey: string): string {
  return createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString();
}
