// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of GitHub Actions look like this
import { afterEach, describe, expect, it } from 'vitest';
import { type RunnerWorld, startRunnerWorld } from '../../../fakes/runner-world.ts';

const worlds: RunnerWorld[] = [];
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
});

async function runSteps(steps: string, extra = '', files: Readonly<Record<string, string>> = {}): Promise<RunnerWorld> {
  const workflow = `on: push\npermissions: {contents: read}\njobs:\n  one:\n    runs-on: ubuntu-24.04\n${extra}    steps:\n${steps.replace(/^/gm, '      ')}\n`;
  const world = await startRunnerWorld(files);
  worlds.push(world);
  await world.push({ '.github/workflows/one.yml': workflow });
  return world;
}

describe('steps', () => {
  it('hands environment, outputs, path and summary on, and stops at the first failure', async () => {
    const world = await runSteps(`
- id: first
  run: |
    echo "answer=42" >> "$GITHUB_OUTPUT"
    printf 'text<<END\\ntwo\\nlines\\nEND\\n' >> "$GITHUB_OUTPUT"
    echo "COLOUR=green" >> "$GITHUB_ENV"
    echo "$RUNNER_TEMP/tools" >> "$GITHUB_PATH"
    echo "# Done" >> "$GITHUB_STEP_SUMMARY"
- env:
    TEXT: \${{ steps.first.outputs.text }}
  run: echo "$COLOUR \${{ steps.first.outputs.answer }} $TEXT \${PATH%%:*}"
- run: exit 3
- run: echo never
- if: always()
  run: echo "at last \${{ job.status }}"`);

    const job = world.job('one');

    expect(job.log).toMatch(/green 42 two\nlines .*\/tools/);
    expect(job.log).toContain('##[error]Process completed with exit code 3.');
    expect(job.log).toContain('at last failure');
    expect(job.log).not.toContain('\nnever');
    expect(job.result).toMatchObject({ conclusion: 'failure', summary: '# Done\n' });
    expect(job.steps.map((step) => step.conclusion)).toEqual(['success', 'success', 'failure', 'skipped', 'success']);
    expect(world.service.runs.map((run) => run.conclusion)).toEqual(['failure']);
  });

  it('gives steps nothing of the environment of the host, and the token only where it is handed over', async () => {
    process.env['PLANTED_SECRET'] = 'of the host';
    const world = await runSteps(`
- run: env | sort
- env: { TOKEN: '\${{ secrets.GITHUB_TOKEN }}' }
  run: |
    echo "has token: \${#TOKEN}"
    echo "masked: $TOKEN"`);
    delete process.env['PLANTED_SECRET'];

    const { log } = world.job('one');

    expect(log).not.toContain('PLANTED_SECRET');
    expect(log).not.toMatch(/^(?:GITHUB_)?TOKEN=/m);
    expect(log).toMatch(/^GITHUB_API_URL=http:\/\/127\.0\.0\.1:\d+\/api\/v3$/m);
    expect(log).toContain('has token: 12');
    expect(log).toContain('masked: ***');
    expect([...world.service.tokens.values()].map((token) => token.valid)).toEqual([false]);
  });

  it('keeps annotations of workflow commands and hides masked values', async () => {
    const world = await runSteps(`
- run: |
    echo "::warning file=models/a.yml,line=3,title=Old::is%0Aold"
    echo "::add-mask::hush"
    echo "hush now"
    printf '\\033[31mred\\033[0m\\n'
    echo "::stop-commands::resume"
    echo "::error::only text"
    echo "::resume::"`);

    const job = world.job('one');

    expect(job.result?.annotations).toEqual([
      { path: 'models/a.yml', startLine: 3, endLine: 3, level: 'warning', message: 'is\nold', title: 'Old' },
    ]);
    expect(job.log).toContain('*** now\nred\n');
    expect(job.log).toContain('::error::only text');
  });

  it('runs composite actions of the repository with inputs and outputs, and refuses unknown inputs', async () => {
    const action = `name: Greet
description: Greets
inputs:
  who: { description: Whom, required: true }
outputs:
  text: { description: Greeting, value: '\${{ steps.say.outputs.text }}' }
runs:
  using: composite
  steps:
    - id: say
      shell: bash
      env: { WHO: '\${{ inputs.who }}' }
      run: echo "text=hello $WHO" >> "$GITHUB_OUTPUT"
`;
    const world = await runSteps(
      `
- uses: actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2
- id: greet
  uses: ./greet
  with: { who: sea }
- run: echo "\${{ steps.greet.outputs.text }}"
- uses: ./greet
  with: { who: sea, loud: yes }`,
      '',
      { 'greet/action.yml': action },
    );

    const { log } = world.job('one');

    expect(log).toContain('hello sea');
    expect(log).toContain('Unexpected input loud');
  });

  it('ends a job that runs too long, and what it started', async () => {
    const began = performance.now();
    const world = await runSteps(
      `
- run: sleep 60
- if: always()
  run: echo cleaned`,
      '    timeout-minutes: 0.005\n',
    );

    const job = world.job('one');

    expect(performance.now() - began).toBeLessThan(20_000);
    expect(job.result?.conclusion).toBe('cancelled');
    expect(job.log).toContain('exceeded its maximum execution time');
    expect(job.log).toContain('\ncleaned\n');
  });
});

describe('actions from elsewhere', () => {
  it.each([
    ['someone/deploy@de0fac2e4500dabe0009e67214ff5f5447ce83dd', 'this runner has no stand-in for someone/deploy'],
    ['docker://alpine:3', 'this runner has no stand-in for docker://alpine:3'],
    ['./missing', "Can't find 'action.yml' under './missing'"],
  ])('fails the job at %s', async (uses, message) => {
    const world = await runSteps(`- uses: ${uses}`);

    const job = world.job('one');

    expect(job.result?.conclusion).toBe('failure');
    expect(job.log).toContain(message);
  });

  it('keeps another Node where package.json allows it, and says so', async () => {
    const setup =
      "- uses: actions/setup-node@6044e13b5dc448c55e2357c09f80417699197238\n  with: { node-version: '9', package-manager-cache: false }";
    const allowed = await runSteps(`- run: echo '{"engines":{"node":">=22.18"}}' > package.json\n${setup}`);
    const refused = await runSteps(`- run: echo '{"engines":{"node":">=99.0"}}' > package.json\n${setup}`);

    expect(allowed.job('one').log).toContain(`asked for Node 9, kept Node ${process.versions.node}, which package.json allows`);
    expect(allowed.job('one').result?.conclusion).toBe('success');
    expect(refused.job('one').result?.conclusion).toBe('failure');
  });

  it('fails on an input that a stand-in does not obey, and on another Node', async () => {
    const input = await runSteps('- uses: actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd\n  with: { submodules: true }');
    const node = await runSteps(
      "- uses: actions/setup-node@6044e13b5dc448c55e2357c09f80417699197238\n  with: { node-version: '9', package-manager-cache: false }",
    );

    expect(input.job('one').log).toContain('does not know the input submodules');
    expect(node.job('one').log).toContain('asks for Node 9');
  });
});
