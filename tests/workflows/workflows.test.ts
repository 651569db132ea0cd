// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of GitHub Actions look like this
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { jobPermissions } from '../../bot/sandbox/runner/job-permissions.ts';
import { findWorkflowProblems, readCompositeAction, readWorkflow } from '../../bot/sandbox/runner/read-workflow.ts';
import { findFlaws } from './find-flaws.ts';
import { ACTIONS, WORKFLOWS } from './workflow-sources.ts';

const EXPECTED = ['ci', 'dashboard', 'gate', 'promote', 'retrain', 'watch'];

function workflow(name: string) {
  const source = WORKFLOWS.find((one) => one.path.endsWith(`/${name}.yml`));
  if (source === undefined) throw new Error(`no ${name}.yml`);
  return source;
}

describe('the workflow files', () => {
  it('are all there', () => {
    expect(WORKFLOWS.map((source) => source.path)).toEqual(EXPECTED.map((name) => `.github/workflows/${name}.yml`));
    expect(ACTIONS.map((source) => source.path)).toEqual(['.github/actions/setup/action.yml', '.github/actions/state/action.yml']);
  });

  it.each(WORKFLOWS)("$path: GitHub's own parser finds nothing", async ({ path, text }) => {
    expect(await findWorkflowProblems(path, text)).toEqual([]);
  });

  it.each([...WORKFLOWS, ...ACTIONS])('$path keeps the rules of the house', (source) => {
    expect(findFlaws(source)).toEqual([]);
  });

  it.each(WORKFLOWS)('$path uses only what the host runner executes', async ({ path, text }) => {
    const file = await readWorkflow(path, text);

    for (const job of Object.values(file.jobs)) expect(() => jobPermissions(file.permissions, job.permissions)).not.toThrow();
  });

  it.each(ACTIONS)('$path is a composite action', ({ path, text }) => {
    expect(readCompositeAction(path, text).runs.using).toBe('composite');
  });
});

describe('the required check', () => {
  it('is a job named gate that always runs and needs every other job', async () => {
    const file = await readWorkflow('gate.yml', workflow('gate').text);
    const { gate, ...others } = file.jobs;

    expect(gate?.name).toBe('gate');
    expect(gate?.if).toBe('${{ always() }}');
    expect(gate?.needs?.toSorted()).toEqual(Object.keys(others).sort());
    expect(gate?.permissions).toEqual({});
  });

  it('starts on every pull request: no filter by path or branch', () => {
    const events = (parse(workflow('gate').text) as { on: Record<string, Record<string, unknown> | null> }).on;

    expect(events['pull_request']).toEqual({ types: ['opened', 'synchronize', 'reopened', 'ready_for_review'] });
    expect(Object.keys(events)).toContain('merge_group');
    expect(JSON.stringify(events)).not.toMatch(/"(?:paths|branches)/);
  });
});

describe('who sees data and who writes', () => {
  it('keeps the two apart: no job has both', async () => {
    const found: string[] = [];
    for (const source of WORKFLOWS) {
      const file = await readWorkflow(source.path, source.text);
      for (const [name, job] of Object.entries(file.jobs)) {
        const writes = Object.values(job.permissions ?? {}).includes('write');
        const reads = 'HOLDFAST_DATA_ROOT' in (job.env ?? {});
        if (reads) found.push(name);
        expect(writes && reads, `${source.path} ${name}`).toBe(false);
      }
    }
    expect(found.sort()).toEqual(['evaluate', 'observe', 'train']);
  });
});

describe('findFlaws sees', () => {
  const good = workflow('ci').text;

  it.each([
    ['an unpinned action', good.replace(/@[0-9a-f]{40} # v6\.0\.2/, '@v6'), 'not pinned'],
    ['a pin without its version', good.replace(' # v6.0.2', ''), 'not pinned'],
    ['an expression in run', good.replace('npm test', 'npm test ${{ github.ref }}'), 'expression inside run'],
    ['kept credentials', good.replace('persist-credentials: false', 'fetch-depth: 0'), 'keeps its credentials'],
    ['installation elsewhere', good.replace('npm test', 'npm install'), 'installation outside'],
    ['no timeout', good.replace(/ +timeout-minutes: .*\n/, ''), 'no timeout-minutes'],
    ['broad permissions', good.replace('permissions: {}', 'permissions: read-all'), 'top-level permissions'],
    ['an undocumented permission', good.replace(' # checks out the code', ''), 'without a comment'],
    ['pull_request_target', good.replace('  pull_request:', '  pull_request_target:'), 'pull_request_target'],
    ['no concurrency', good.replace(/concurrency:\n.*\n.*\n/, ''), 'no concurrency'],
    ['a job under another name', good.replace('name: test', 'name: Tests'), 'its name must be its id'],
    ['a step without a name', good.replace('- name: Tests\n        run', '- run'), 'without a name'],
  ])('%s', (_what, text, message) => {
    expect(text).not.toBe(good);
    expect(findFlaws({ path: 'planted.yml', text }).join('\n')).toContain(message);
  });
});
