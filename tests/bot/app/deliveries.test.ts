import { createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type StartedApp, startHoldfastApp } from '../../../bot/app.ts';
import { LoopWorld } from '../../fakes/loop-world.ts';
import { SandboxWorld, SECRET, SILENT } from '../../fakes/sandbox-world.ts';

const REPOSITORY = { owner: 'acme', repo: 'models' };
const DELIVERY = '5d0b6a52-6c5e-11f0-9a4d-0242ac120002';

let loop: LoopWorld;
let world: SandboxWorld;
let app: StartedApp;
/** Effects that the App carried out, and how often it took up the repository: each time asks the clock. */
let applied: string[] = [];
let looks = 0;
let body = '';

async function start(): Promise<StartedApp> {
  const { appId, privateKey, apiUrl } = world.sandbox;
  const wall = () => {
    looks += 1;
    return loop.wall;
  };
  const logger = { ...SILENT, info: (line: string, data?: object) => applied.push(`${line} ${JSON.stringify(data)}`) };
  const logs = Object.assign(loop.log, { close() {} });
  return startHoldfastApp(
    {
      appId,
      privateKey,
      webhookSecret: SECRET,
      baseUrl: apiUrl,
      pace: 'none',
      openLogs: async () => logs,
      artifacts: loop.artifacts,
      clock: { asOf: () => loop.asOf, wall },
      random: { nonce: () => '0'.repeat(32) },
      logger,
      leaseSeconds: 3600,
    },
    { host: '127.0.0.1', port: 0 },
  );
}

/** An incident has its issue, and a person has asked for the status on it. The sandbox itself delivers nothing. */
async function askedForStatus(): Promise<string> {
  loop.pass(15, { skill: 0.2 });
  await app.sweep();
  // The texts name the run that the first look started.
  await app.sweep();
  const [issue] = (await world.as('writer').rest.issues.listForRepo({ ...REPOSITORY, labels: 'holdfast' })).data;
  const { data: comment } = await world
    .as('writer')
    .rest.issues.createComment({ ...REPOSITORY, issue_number: issue?.number ?? 0, body: '/holdfast status' });
  applied = [];
  looks = 0;
  const repository = { full_name: 'acme/models', name: 'models', owner: { login: 'acme' } };
  return JSON.stringify({ action: 'created', issue, comment, repository, installation: { id: world.sandbox.installationId } });
}

/** Sends a payload as GitHub does; the same id and the same signature each time. */
async function deliver(): Promise<number> {
  const headers = {
    'x-github-event': 'issue_comment',
    'x-github-delivery': DELIVERY,
    'x-hub-signature-256': `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`,
    'content-type': 'application/json',
  };
  return (await fetch(app.webhookUrl, { method: 'POST', headers, body })).status;
}

async function answers(): Promise<number> {
  const { data } = await world.as('writer').rest.issues.listCommentsForRepo(REPOSITORY);
  return data.filter(({ user }) => user?.login === 'holdfast[bot]').length;
}

beforeAll(async () => {
  loop = await LoopWorld.open();
  const files = Object.fromEntries(loop.host.commits.get(loop.host.branches.get('main') ?? '')?.files ?? []);
  const retrain = await readFile(new URL('../../../.github/workflows/retrain.yml', import.meta.url), 'utf8');
  world = await SandboxWorld.open({ ...files, '.github/workflows/retrain.yml': retrain });
  app = await start();
  body = await askedForStatus();
});
afterAll(async () => {
  await app.close();
  await world.close();
});

/**
 * The register of deliveries lives in memory. It promises that a delivery whose work is done is not taken up again while the process
 * lives, as far as the newest few thousand ids reach. It does not promise that a delivery is taken up once: before the work is done,
 * after a restart, in a second process, or when thousands came in between, it is taken up again. That this changes nothing is not the
 * register's doing: every run reads what stands and does only what is missing.
 */
describe('one delivery, sent again and again to one App', () => {
  it('leaves one answer when it comes twice at the same time', async () => {
    const statuses = await Promise.all([deliver(), deliver()]);
    await app.idle();

    expect(statuses).toEqual([200, 200]);
    expect(looks).toBeGreaterThan(0);
    expect(applied.map((line) => line.match(/"kind":"([a-z-]+)"/)?.[1])).toEqual(['ensure-comment']);
    expect(await answers()).toBe(1);
  });

  it('is not even looked at when its work is done', async () => {
    looks = 0;

    const status = await deliver();
    await app.idle();

    expect([status, looks, await answers()]).toEqual([200, 0, 1]);
  });

  it('is taken up again after a restart, and changes nothing', async () => {
    await app.close();
    app = await start();
    applied = [];

    const status = await deliver();
    await app.idle();

    expect(status).toBe(200);
    expect(looks).toBeGreaterThan(0);
    expect(applied).toEqual([]);
    expect(await answers()).toBe(1);
  });
});
