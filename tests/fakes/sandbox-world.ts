import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createClient, type GitHubClient } from '../../bot/github/create-client.ts';
import { openRepositoryShell, type RepositoryShell } from '../../bot/roots/open-repository-shell.ts';
import type { Sandbox } from '../../bot/sandbox/sandbox.ts';
import { startSandbox } from '../../bot/sandbox/start-sandbox.ts';
import type { Logger } from '../../pipelines/ports/logger.ts';

export const SECRET = 'a-secret-of-the-test-bench-that-is-long-enough';
export const FULL_NAME = 'acme/models';
export const SILENT: Logger = { info() {}, warn() {}, error() {} };

/** A sandbox with a seed, an App, people of every role, and clients that speak to it over HTTP. */
export class SandboxWorld {
  readonly sandbox: Sandbox;
  readonly #folder: string;

  private constructor(sandbox: Sandbox, folder: string) {
    this.sandbox = sandbox;
    this.#folder = folder;
  }

  static async open(files: Readonly<Record<string, string | Uint8Array>>): Promise<SandboxWorld> {
    const folder = await mkdtemp(join(tmpdir(), 'holdfast-bot-'));
    const seed = join(folder, 'seed');
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(join(seed, path)), { recursive: true });
      await writeFile(join(seed, path), content);
    }
    const sandbox = await startSandbox({
      root: join(folder, 'sandbox'),
      users: [
        { login: 'approver', type: 'User', role: 'maintain' },
        { login: 'writer', type: 'User', role: 'write' },
        { login: 'stranger', type: 'User', role: 'read' },
        { login: 'github-actions[bot]', type: 'Bot', role: 'write' },
      ],
      app: { id: 4242, slug: 'holdfast', webhookSecret: SECRET },
      repository: { owner: 'acme', name: 'models', seedFrom: seed },
      protection: null,
    });
    return new SandboxWorld(sandbox, folder);
  }

  /** The App's own client, with an installation token. */
  app(): GitHubClient {
    const { appId, privateKey, installationId, apiUrl } = this.sandbox;
    const credentials = { kind: 'installation', appId, privateKey, installationId, repositoryName: 'models' } as const;
    return createClient({ credentials, baseUrl: apiUrl, pace: 'none', logger: SILENT });
  }

  /** A person's client, or the one of a workflow job. */
  as(login: string): GitHubClient {
    const token = this.sandbox.tokenFor(login);
    return createClient({ credentials: { kind: 'token', token }, baseUrl: this.sandbox.apiUrl, pace: 'none', logger: SILENT });
  }

  shell(client: GitHubClient = this.app()): RepositoryShell {
    return openRepositoryShell(client, FULL_NAME, ['holdfast[bot]', 'github-actions[bot]']);
  }

  async close(): Promise<void> {
    await this.sandbox.close();
    await rm(this.#folder, { recursive: true, force: true });
  }
}
