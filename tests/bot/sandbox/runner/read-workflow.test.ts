// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of GitHub Actions look like this
import { describe, expect, it } from 'vitest';
import { readCompositeAction, readWorkflow } from '../../../../bot/sandbox/runner/read-workflow.ts';

const GOOD = 'on: push\njobs:\n  a:\n    runs-on: x\n    steps: [{ run: echo }]\n';

describe('readWorkflow', () => {
  it('unfolds short forms', async () => {
    const workflow = await readWorkflow('a.yml', `concurrency: one\n${GOOD.replace('runs-on', 'needs: []\n    runs-on')}`);

    expect(workflow.on).toEqual({ push: null });
    expect(workflow.concurrency).toEqual({ group: 'one', cancelInProgress: false });
  });

  it.each([
    ['an unknown key', `${GOOD}extra: 1\n`, 'Unexpected value'],
    ['an unknown need', `${GOOD}  c: { needs: b, runs-on: x, steps: [{ run: echo }] }\n`, "depends on unknown job 'b'"],
    ['an unknown context', GOOD.replace('echo', "'${{ nope.x }}'"), 'nope'],
    ['a wrong event', GOOD.replace('push', 'pushed'), 'pushed'],
    ['a wrong permission', `permissions: { contens: read }\n${GOOD}`, 'contens'],
    ['a job without steps', 'on: push\njobs:\n  a:\n    runs-on: x\n', ''],
  ])('calls %s invalid', async (_what, text, message) => {
    await expect(readWorkflow('a.yml', text)).rejects.toThrow(message);
  });

  it.each([
    ['services', GOOD.replace('runs-on', 'services: { db: { image: x } }\n    runs-on')],
    ['strategy', GOOD.replace('runs-on', 'strategy: { matrix: { a: [1] } }\n    runs-on')],
    ['a container', GOOD.replace('runs-on', 'container: x\n    runs-on')],
    ['pull_request_target', GOOD.replace('push', 'pull_request_target')],
  ])('refuses %s, which it does not execute, instead of leaving it out', async (_what, text) => {
    await expect(readWorkflow('a.yml', text)).rejects.toThrow('not supported by this runner');
  });

  it('takes composite actions only', () => {
    const text = "name: n\ndescription: d\nruns: { using: node24, main: 'index.js' }\n";

    expect(() => readCompositeAction('action.yml', text)).toThrow('not supported by this runner');
  });
});
