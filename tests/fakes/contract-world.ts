import { createAppAuth } from '@octokit/auth-app';
import { Octokit } from '@octokit/rest';
import type { RestContract } from '../contract/contract.ts';
import { type ContractFetch, openContractFetch } from './contract-fetch.ts';
import { openTestSandbox, type TestSandbox, WEBHOOK_SECRET } from './open-test-sandbox.ts';

export interface ContractWorld {
  readonly test: TestSandbox;
  readonly recorder: ContractFetch;
  /** octokit as the App's installation, as the App itself, as a person, and with any token. */
  readonly bot: Octokit;
  readonly app: Octokit;
  as(login: string): Octokit;
  withToken(token: string): Octokit;
}

/** Everything that the sandbox has routes for. */
const PERMISSIONS = Object.fromEntries(
  ['actions', 'administration', 'checks', 'contents', 'deployments', 'issues', 'metadata', 'pages', 'pull_requests', 'statuses'].map(
    (name) => [name, 'write' as const],
  ),
);

const QUIET = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** A sandbox whose every REST request and answer is held against the contract. */
export async function openContractWorld(contract: RestContract): Promise<ContractWorld> {
  const test = await openTestSandbox({
    app: { id: 4711, slug: 'holdfast', webhookSecret: WEBHOOK_SECRET, permissions: PERMISSIONS },
  });
  const { apiUrl: baseUrl, appId, privateKey, installationId } = test.sandbox;
  const recorder = openContractFetch(baseUrl, contract);
  const client = (credentials: object) => new Octokit({ baseUrl, log: QUIET, request: { fetch: recorder.fetch }, ...credentials });
  const withToken = (token: string) => client({ auth: token });
  return {
    test,
    recorder,
    bot: client({ authStrategy: createAppAuth, auth: { appId, privateKey, installationId } }),
    app: client({ authStrategy: createAppAuth, auth: { appId, privateKey } }),
    as: (login) => withToken(test.sandbox.tokenFor(login)),
    withToken,
  };
}
