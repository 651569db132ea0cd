import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ContractWorld } from '../fakes/contract-world.ts';
import { REPOSITORY } from '../fakes/open-test-sandbox.ts';
import { refusals } from './refusals.ts';

/** Asks for deployments, Pages, releases, variables and deliveries. Returns the statuses of what must be refused. */
export async function askForDeployments(world: ContractWorld): Promise<readonly number[]> {
  const { app, bot } = world;
  const { repos } = bot.rest;
  const { sandbox } = world.test;
  const production = { ...REPOSITORY, environment: 'production', auto_merge: false, required_contexts: [] };
  const { data } = await repos.createDeployment({ ...production, ref: 'main', description: 'v1', payload: { version: 'v1' } });
  const one = { ...REPOSITORY, deployment_id: (data as { id: number }).id };
  await repos.createDeploymentStatus({ ...one, state: 'success', log_url: 'https://ci.test/1', environment_url: 'https://site.test/' });
  await repos.listDeployments({ ...REPOSITORY, environment: 'production' });
  await repos.getDeployment(one);
  await repos.listDeploymentStatuses(one);
  await publishSite(world);
  await repos.getPages({ ...REPOSITORY });
  await repos.createRelease({ ...REPOSITORY, tag_name: 'model/a@v9', target_commitish: 'main', name: 'v9', body: 'notes' });
  await repos.listReleases({ ...REPOSITORY });
  await repos.getReleaseByTag({ ...REPOSITORY, tag: 'model/a@v9' });
  await askForVariables(world);
  await sandbox.settled();
  const deliveries = await app.rest.apps.listWebhookDeliveries({ per_page: 100 });
  const delivery_id = deliveries.data[0]?.id ?? 0;
  await app.rest.apps.getWebhookDelivery({ delivery_id });
  await app.rest.apps.redeliverWebhookDelivery({ delivery_id });

  return refusals(
    repos.getDeployment({ ...REPOSITORY, deployment_id: 1 }),
    repos.createRelease({ ...REPOSITORY, tag_name: 'model/a@v9' }),
    world.as('boss').rest.apps.listWebhookDeliveries(),
  );
}

async function askForVariables(world: ContractWorld): Promise<void> {
  const boss = world.as('boss').rest.actions;
  const { actions } = world.bot.rest;
  await boss.createRepoVariable({ ...REPOSITORY, name: 'WEEK', value: '7' });
  await boss.updateRepoVariable({ ...REPOSITORY, name: 'WEEK', value: '8' });
  await actions.getRepoVariable({ ...REPOSITORY, name: 'WEEK' });
  await actions.listRepoVariables({ ...REPOSITORY });
}

/** A job hands its artifact to Pages, as actions/deploy-pages does. */
async function publishSite(world: ContractWorld): Promise<void> {
  const { actions } = world.test.sandbox;
  const runId = actions.createRun({
    workflowPath: '.github/workflows/ci.yml',
    event: 'push',
    headBranch: 'main',
    headSha: world.test.sandbox.firstCommit,
    actor: 'boss',
  });
  const site = join(world.test.folder, 'site');
  mkdirSync(site);
  writeFileSync(join(site, 'index.html'), '<p>hello');
  const artifact = actions.storeArtifact(runId, 'github-pages', { folder: site });
  const job = world.withToken(actions.mintJobToken(runId, { pages: 'write', 'id-token': 'write' }));
  const { data } = await job.rest.repos.createPagesDeployment({
    ...REPOSITORY,
    artifact_id: artifact.id,
    pages_build_version: world.test.sandbox.firstCommit,
    oidc_token: actions.mintIdToken(runId, 'github-pages'),
  });
  await job.rest.repos.getPagesDeployment({ ...REPOSITORY, pages_deployment_id: Number(data.id) });
}
