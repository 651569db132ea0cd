import { expect } from 'vitest';
import { firstBrokenEvent } from '../../bot/effects/audit-chain.ts';
import type { ModelState } from '../../pipelines/core/schema/model-state.ts';
import { Crash, CrashPlan } from './crash-at.ts';
import { LoopWorld } from './loop-world.ts';

/** A step of the loop, from a world where it is due, and the call count of one undisturbed run of it. */
export async function harmed(): Promise<LoopWorld> {
  const world = await LoopWorld.open();
  world.pass(15, { skill: 0.2 });
  return world;
}

export async function merged(): Promise<LoopWorld> {
  const world = await harmed();
  await world.reconcile();
  await world.train();
  await world.reconcile({ observe: 'nothing' });
  world.judge('pass');
  await world.reconcile({ observe: 'nothing' });
  world.host.merge(world.host.pulls[0]?.number ?? 0, 'approver');
  return world;
}

export async function refused(): Promise<LoopWorld> {
  const world = await harmed();
  await world.reconcile();
  await world.train();
  await world.reconcile({ observe: 'nothing' });
  world.judge('fail');
  return world;
}

/** A training that ended `failed` times without a version; the newest end is not yet seen. */
export async function trainingFailed(failed: number): Promise<LoopWorld> {
  const world = await harmed();
  await world.reconcile();
  for (let time = 1; time <= failed; time += 1) {
    if (time > 1) await world.reconcile({ observe: 'nothing' });
    world.host.finishRun(world.host.dispatches.at(-1)?.runId ?? 0, 'failure');
  }
  return world;
}

/** A gate that ended `failed` times without a verdict; the newest end is not yet seen. */
export async function gateFailed(failed: number): Promise<LoopWorld> {
  const world = await harmed();
  await world.reconcile();
  await world.train();
  for (let time = 1; time <= failed; time += 1) {
    await world.reconcile({ observe: 'nothing' });
    world.host.finishRun(world.host.dispatches.at(-1)?.runId ?? 0, 'timed_out');
  }
  return world;
}

async function dieAndGoOn(open: () => Promise<LoopWorld>, observe: 'logs' | 'nothing', plan: CrashPlan): Promise<LoopWorld> {
  const world = await open();
  await expect(world.reconcile({ observe }, plan)).rejects.toThrow(Crash);
  await world.reconcile({ observe });
  await world.reconcile({ observe });
  return world;
}

async function callsOf(open: () => Promise<LoopWorld>, observe: 'logs' | 'nothing'): Promise<number> {
  const plan = new CrashPlan(0, 'before');
  await (await open()).reconcile({ observe }, plan);
  return plan.calls;
}

/** Lets a run die before and after every `stride`-th of its calls, reruns it twice, and hands each world that comes of it to `check`. */
export async function crashEverywhere(
  trial: { readonly open: () => Promise<LoopWorld>; readonly observe: 'logs' | 'nothing'; readonly stride: number },
  check: (world: LoopWorld, story: string) => Promise<void>,
): Promise<number> {
  const calls = await callsOf(trial.open, trial.observe);
  let trials = 0;
  for (let at = 1; at <= calls; at += trial.stride) {
    for (const when of ['before', 'after'] as const) {
      const world = await dieAndGoOn(trial.open, trial.observe, new CrashPlan(at, when));
      const story = `died ${when} call ${at}`;
      expect((await world.model()).pending, story).toEqual({});
      expect(firstBrokenEvent(world.state.events), story).toBeNull();
      await check(world, story);
      trials += 1;
    }
  }
  return trials;
}

/** One issue an incident, one branch, one pull request, one training run. */
export async function checkOpened(world: LoopWorld, story: string): Promise<void> {
  const state = await world.model();
  expect([world.host.pulls.length, world.host.dispatches.length], story).toEqual([1, 1]);
  expect(world.host.issues.map(({ number }) => number).sort(), story).toEqual(Object.values(state.issues).sort());
  expect(state.retraining?.pullRequest, story).toBe(world.host.pulls[0]?.number);
  expect(state.retraining?.dispatchedRun, story).toBe(world.host.dispatches[0]?.runId);
}

/** Two champions, each with its tags, and one comment. */
export async function checkPromoted(world: LoopWorld, story: string): Promise<void> {
  const told = world.host.commentsHeld.filter(({ body }) => body.includes('is the champion of'));
  expect(told, story).toHaveLength(1);
  expect([...world.host.tags.keys()].sort(), story).toEqual(TAGS);
  expect((await world.model()).promotions, story).toHaveLength(2);
}

/** One comment, a closed pull request, one refused proposal. */
export async function checkRefused(world: LoopWorld, story: string): Promise<void> {
  const told = world.host.commentsHeld.filter(({ body }) => body.includes('is not promoted'));
  expect(told, story).toHaveLength(1);
  expect(world.host.pulls[0]?.state, story).toBe('closed');
  expect(
    (await world.model()).proposals.map(({ outcome }) => outcome),
    story,
  ).toEqual(['refused']);
}

/** One run more of a workflow, and it is the one that the state waits for. */
export function checkRetried(workflow: string, of: (state: ModelState) => number | null | undefined) {
  return async (world: LoopWorld, story: string): Promise<void> => {
    const runs = world.host.dispatches.filter((dispatch) => dispatch.workflow === workflow);
    expect(runs, story).toHaveLength(2);
    const known = of(await world.model());
    // A run whose start was never written down is found by its title.
    expect(
      runs.map(({ runId }) => runId),
      story,
    ).toContain(known);
    expect(world.host.pulls[0]?.state, story).toBe('open');
    expect(world.host.pulls[0]?.body, story).toContain('Attempt 2');
  };
}

/** One comment that is no refusal, a closed pull request, one abandoned proposal, and no fourth run. */
export async function checkAbandoned(world: LoopWorld, story: string): Promise<void> {
  const told = world.host.commentsHeld.filter(({ body }) => body.includes('could not be finished'));
  expect(told, story).toHaveLength(1);
  expect(world.host.pulls[0]?.state, story).toBe('closed');
  expect(
    world.host.dispatches.filter(({ workflow }) => workflow === 'retrain.yml'),
    story,
  ).toHaveLength(3);
  expect((await world.model()).proposals, story).toMatchObject([{ outcome: 'abandoned', evidence: null }]);
}

const TAGS = ['model/loan#production#1', 'model/loan#production#2', 'model/loan@v1', 'model/loan@v2'];
