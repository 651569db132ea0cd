// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of GitHub Actions look like this
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type RunnerWorld, startRunnerWorld } from '../../../fakes/runner-world.ts';

const CHECKOUT = 'actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd';
const UPLOAD = 'actions/upload-artifact@b7c566a772e6b6bfb58ed0dc250532a479d7789f';
const DOWNLOAD = 'actions/download-artifact@37930b1c2abaa49bbe596cd826c3c89aef350131';

const worlds: RunnerWorld[] = [];
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
});

async function start(...given: Parameters<typeof startRunnerWorld>): Promise<RunnerWorld> {
  const world = await startRunnerWorld(...given);
  worlds.push(world);
  return world;
}

function conclusions(world: RunnerWorld): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(world.service.jobs.map((job) => [job.name, job.result?.conclusion]));
}

const GRAPH = `name: graph
on: workflow_dispatch
permissions: {}
jobs:
  end:
    needs: [good, bad]
    if: always()
    runs-on: ubuntu-24.04
    steps:
      - env: { RESULTS: "\${{ join(needs.*.result, ' ') }}", VALUE: '\${{ needs.good.outputs.value }}' }
        run: echo "$RESULTS and $VALUE"
  good:
    runs-on: ubuntu-24.04
    outputs: { value: '\${{ steps.make.outputs.value }}' }
    steps:
      - id: make
        run: echo value=7 >> "$GITHUB_OUTPUT"
  bad:
    runs-on: ubuntu-24.04
    steps: [{ run: 'false' }]
  blocked:
    needs: bad
    runs-on: ubuntu-24.04
    steps: [{ run: echo never }]
  behind:
    needs: blocked
    runs-on: ubuntu-24.04
    steps: [{ run: echo never }]
  rescue:
    needs: bad
    if: failure()
    runs-on: ubuntu-24.04
    steps: [{ run: echo rescued }]
`;

describe('jobs of a run', () => {
  it('blocks what needs a failed job, lets always() and failure() run, and hands outputs on', async () => {
    const world = await start({ '.github/workflows/graph.yml': GRAPH });

    await world.dispatch('graph.yml');

    const expected = { good: 'success', bad: 'failure', blocked: 'skipped', behind: 'skipped', rescue: 'success', end: 'success' };
    expect(conclusions(world)).toEqual(expected);
    expect(world.job('end').log).toContain('success failure and 7');
    expect(world.service.runs).toMatchObject([{ name: 'graph', status: 'completed', conclusion: 'failure' }]);
  });

  it('gives each job a token with exactly the permissions of the file, and revokes it', async () => {
    const world = await start({
      '.github/workflows/rights.yml': `on: workflow_dispatch
permissions: { issues: write }
jobs:
  own: { runs-on: x, permissions: { contents: read, actions: write }, steps: [{ run: 'true' }] }
  inherited: { needs: own, runs-on: x, steps: [{ run: 'true' }] }
  none: { needs: inherited, runs-on: x, permissions: {}, steps: [{ run: 'true' }] }
`,
    });

    await world.dispatch('rights.yml');

    expect([...world.service.tokens.values()]).toEqual([
      { permissions: { contents: 'read', actions: 'write' }, valid: false },
      { permissions: { issues: 'write' }, valid: false },
      { permissions: {}, valid: false },
    ]);
  });

  it('clones with the token of the job: none without contents, no push with read alone, a push with write', async () => {
    const push = 'git commit --allow-empty -qm x && git push -q origin HEAD:refs/heads/made';
    const identity = '{ GIT_AUTHOR_NAME: a, GIT_AUTHOR_EMAIL: a@b.c, GIT_COMMITTER_NAME: a, GIT_COMMITTER_EMAIL: a@b.c }';
    const job = (rights: string) =>
      `{ runs-on: x, permissions: ${rights}, env: ${identity}, steps: [{ uses: ${CHECKOUT} }, { run: '${push}' }] }`;
    const workflow = `on: workflow_dispatch\njobs:\n  none: ${job('{}')}\n  read: ${job('{contents: read}')}\n  write: ${job('{contents: write}')}\n`;
    const world = await start({ '.github/workflows/push.yml': workflow });

    await world.dispatch('push.yml');

    expect(conclusions(world)).toEqual({ none: 'failure', read: 'failure', write: 'success' });
    expect(world.job('none').log).toContain('cannot fetch');
    expect(world.job('read').log).toContain('403');
    expect(world.git('log', '-1', '--format=%s', 'made')).toBe('x');
  });

  it('leaves no credentials behind with persist-credentials: false', async () => {
    const steps = `[{ uses: ${CHECKOUT}, with: { persist-credentials: false } }, { run: 'cat .git/config; git fetch origin main' }]`;
    const world = await start({ '.github/workflows/a.yml': `on: workflow_dispatch\njobs:\n  a: { runs-on: x, steps: ${steps} }\n` });

    await world.dispatch('a.yml');

    expect(world.job('a').log).not.toContain('extraheader');
    expect(world.job('a').result?.conclusion).toBe('failure');
  });

  it('checks out a branch, a tag, a commit and a folder', async () => {
    const world = await start({ 'name.txt': 'first' });
    const first = world.git('rev-parse', 'main');
    world.git('tag', 'v1', first);
    const steps = [
      `{ uses: ${CHECKOUT} }`,
      `{ uses: ${CHECKOUT}, with: { ref: v1, path: tag } }`,
      `{ uses: ${CHECKOUT}, with: { ref: ${first}, path: commit } }`,
      `{ uses: ${CHECKOUT}, with: { ref: side, path: branch } }`,
      `{ run: 'echo "$(cat name.txt) $(cat tag/name.txt) $(cat commit/name.txt) $(cat branch/name.txt) $(git branch --show-current)"' }`,
    ];
    const workflow = `on: workflow_dispatch\npermissions: {contents: read}\njobs:\n  a: { runs-on: x, steps: [${steps.join(', ')}] }\n`;
    await world.push({ 'name.txt': 'sided' }, 'side');
    await world.push({ 'name.txt': 'second', '.github/workflows/a.yml': workflow });

    await world.dispatch('a.yml');

    expect(world.job('a').log).toContain('second first first sided main');
  });

  it('carries artifacts from job to job, without hidden files, and publishes Pages with both permissions and an environment only', async () => {
    const pages = (rights: string, more = '') =>
      `{ needs: make, runs-on: x, ${more} permissions: ${rights}, steps: [{ uses: actions/deploy-pages@d6db90164ac5ed86f2b6aed7e0febac5b3c0c03e }] }`;
    const make = [
      '{ run: "mkdir -p out/deep && echo one > out/deep/a.txt && echo x > out/.hidden && cp -r out site" }',
      `{ uses: ${UPLOAD}, with: { name: made, path: out, if-no-files-found: error } }`,
      '{ uses: actions/upload-pages-artifact@7b1f4a764d45c48632c6b24a0339c27f5614fb0b, with: { path: site } }',
    ];
    const use = [`{ uses: ${DOWNLOAD}, with: { name: made, path: got } }`, '{ run: "find got -type f" }'];
    const workflow = `on: workflow_dispatch
permissions: {}
jobs:
  make: { runs-on: x, steps: [${make.join(', ')}] }
  use: { needs: make, runs-on: x, steps: [${use.join(', ')}] }
  refused: ${pages('{ pages: write }')}
  nowhere: ${pages('{ pages: write, id-token: write }')}
  deploy: ${pages('{ pages: write, id-token: write }', 'environment: github-pages,')}
`;
    const world = await start({ '.github/workflows/a.yml': workflow });

    await world.dispatch('a.yml');

    expect(conclusions(world)).toEqual({ make: 'success', use: 'success', refused: 'failure', nowhere: 'failure', deploy: 'success' });
    expect(world.job('nowhere').log).toContain('Missing environment');
    expect(world.job('use').log).toContain('\ngot/deep/a.txt\n');
    expect(world.job('use').log).not.toContain('.hidden');
    expect(world.job('refused').log).toContain('id-token: none');
    const [site = ''] = world.service.published;
    expect(readFileSync(join(site, 'deep/a.txt'), 'utf8')).toBe('one\n');
    expect(existsSync(join(site, '.hidden'))).toBe(false);
  });

  it('links the installed modules for npm ci of the setup action, and says so; another lock file is an error', async () => {
    const lock = readFileSync(join(import.meta.dirname, '../../../../package-lock.json'), 'utf8');
    const setup = `name: s\ndescription: s\nruns:\n  using: composite\n  steps:\n    - { shell: bash, run: npm ci --no-audit }\n`;
    const steps = `[{ uses: ${CHECKOUT} }, { uses: ./.github/actions/setup }, { run: 'node -p "require(\\"zod/package.json\\").name"; git status -s' }]`;
    const files = {
      'package-lock.json': lock,
      '.github/actions/setup/action.yml': setup,
      '.github/workflows/a.yml': `on: workflow_dispatch\njobs:\n  a: { runs-on: x, steps: ${steps} }\n`,
    };
    const same = await start(files);
    const other = await start({ ...files, 'package-lock.json': '{}' });

    await same.dispatch('a.yml');
    await other.dispatch('a.yml');

    expect(same.job('a').log).toMatch(/npm ci on this host: node_modules is a link to [\s\S]*\nzod\n/);
    expect(same.job('a').log).not.toContain('?? node_modules');
    expect(other.job('a').log).toContain('package-lock.json differs');
  });
});
