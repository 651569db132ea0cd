import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { World } from '../store/world.ts';
import { ACTIONS_LOGIN } from './actions-login.ts';

/** Copies a site to where the pages server reads it and records the deployment. Returns its address. */
export function publishPages(world: World, folder: string, { sha, creator = ACTIONS_LOGIN }: { sha: string; creator?: string }): string {
  const target = pagesFolder(world);
  rmSync(target, { recursive: true, force: true });
  mkdirSync(dirname(target), { recursive: true });
  cpSync(folder, target, { recursive: true, dereference: false });
  const address = pagesUrl(world);
  const now = world.now();
  world.pages.put({ id: world.nextId(), version: sha, status: 'succeed', createdAt: now });
  const deployment = world.deployments.put({
    id: world.nextId(),
    ref: 'main',
    sha,
    task: 'deploy',
    environment: 'github-pages',
    description: null,
    payload: {},
    productionEnvironment: true,
    creator,
    createdAt: now,
  });
  world.deploymentStatuses.put({
    id: world.nextId(),
    deploymentId: deployment.id,
    state: 'success',
    description: '',
    logUrl: '',
    environmentUrl: address,
    creator,
    createdAt: now,
  });
  return address;
}

export function pagesFolder(world: World): string {
  return join(world.settings.root, 'pages', world.settings.owner, world.settings.name);
}

export function pagesUrl(world: World): string {
  return `${world.webUrl()}/pages/${world.settings.owner}/${world.settings.name}/`;
}
