import type { ContractWorld } from '../fakes/contract-world.ts';
import { REPOSITORY } from '../fakes/open-test-sandbox.ts';
import { refusals } from './refusals.ts';

/** Asks for a pull request from its first commit to its merge. Returns the statuses of what must be refused. */
export async function askForPullRequests(world: ContractWorld): Promise<readonly number[]> {
  const { bot } = world;
  const { pulls, checks, repos } = bot.rest;
  const sha = await world.test.branch('change', { 'models/a/deployment.yml': 'production: v1\n' });
  const { data: pull } = await pulls.create({ ...REPOSITORY, title: 'Change', body: 'why', head: 'change', base: 'main', draft: false });
  const one = { ...REPOSITORY, pull_number: pull.number };

  await pulls.list({ ...REPOSITORY, state: 'all', head: 'acme:change', base: 'main', sort: 'created', direction: 'desc' });
  await pulls.update({ ...one, title: 'Changed' });
  await pulls.get(one);
  await pulls.listFiles(one);
  await pulls.listCommits(one);
  await pulls.requestReviewers({ ...one, reviewers: ['approver'] });
  const tooEarly = await refusals(pulls.checkIfMerged(one), pulls.merge({ ...one, sha }));
  await askForChecks(world, sha);
  await world.as('approver').rest.pulls.createReview({ ...one, event: 'APPROVE', body: 'good', commit_id: sha });
  await pulls.listReviews(one);
  const merged = await world.as('approver').rest.pulls.merge({ ...one, sha, merge_method: 'squash' });
  await pulls.checkIfMerged(one);
  await pulls.get(one);
  await repos.listPullRequestsAssociatedWithCommit({ ...REPOSITORY, commit_sha: merged.data.sha });

  const refused = await refusals(
    pulls.create({ ...REPOSITORY, title: 'None', head: 'nothing', base: 'main' }),
    pulls.get({ ...REPOSITORY, pull_number: 9999 }),
    pulls.createReview({ ...one, event: 'APPROVE' }),
    checks.create({ ...REPOSITORY, name: 'gate', head_sha: '0'.repeat(40) }),
  );
  return [...tooEarly, ...refused];
}

async function askForChecks(world: ContractWorld, sha: string): Promise<void> {
  const { checks, repos } = world.bot.rest;
  const { data: check } = await checks.create({
    ...REPOSITORY,
    name: 'gate',
    head_sha: sha,
    status: 'in_progress',
    external_id: 'one',
    actions: [{ label: 'Again', description: 'Run it again', identifier: 'again' }],
  });
  const annotation = { path: 'models/a/model.yml', start_line: 1, end_line: 1, annotation_level: 'warning', message: 'look' } as const;
  await checks.update({
    ...REPOSITORY,
    check_run_id: check.id,
    conclusion: 'success',
    output: { title: 'Passed', summary: 'all', annotations: [annotation] },
  });
  await checks.get({ ...REPOSITORY, check_run_id: check.id });
  await checks.listAnnotations({ ...REPOSITORY, check_run_id: check.id });
  await checks.listForRef({ ...REPOSITORY, ref: 'change', check_name: 'gate', filter: 'latest' });
  await checks.listSuitesForRef({ ...REPOSITORY, ref: sha });
  await checks.getSuite({ ...REPOSITORY, check_suite_id: check.check_suite?.id ?? 0 });
  await repos.createCommitStatus({
    ...REPOSITORY,
    sha,
    state: 'success',
    context: 'ci',
    description: 'fine',
    target_url: 'https://ci.test/1',
  });
  await repos.listCommitStatusesForRef({ ...REPOSITORY, ref: sha });
  await repos.getCombinedStatusForRef({ ...REPOSITORY, ref: sha });
}
