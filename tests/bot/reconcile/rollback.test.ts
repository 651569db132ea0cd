import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../pipelines/core/digest/canonical-json.ts';
import { type VersionFiles, versionManifest } from '../../../pipelines/core/registry/version-manifest.ts';
import type { ModelArtifact } from '../../../pipelines/core/schema/model-artifact.ts';
import { TrainingSpec } from '../../../pipelines/core/schema/training-spec.ts';
import { LoopWorld } from '../../fakes/loop-world.ts';
import type { LoanWeather } from '../../fakes/memory-log.ts';

const FOLDER = 'models/loan/versions/v1';
const LOW_INCOME_IS_RISKY: ModelArtifact = {
  schemaVersion: 1,
  model: 'loan',
  algorithm: 'logisticRegression',
  inputs: [{ kind: 'numeric', column: 'income', mean: 1350, standardDeviation: 150, missingAs: 0 }],
  layers: [{ inputs: 1, units: 1, activation: 'sigmoid' }],
  weightsBytes: 8,
};

/** Gives v1 the bytes of a model that calls low incomes risky. */
function giveBytes(world: LoopWorld): void {
  const { host } = world;
  const held = host.commits.get(host.branches.get('main') ?? '')?.files;
  const kept = ['training-spec.json', 'evaluation-report.json', 'reference.json'].map((name): [string, Uint8Array] => [
    name,
    held?.get(`${FOLDER}/${name}`) ?? new Uint8Array(),
  ]);
  const encode = (text: string) => new TextEncoder().encode(text);
  const files: VersionFiles = {
    ...Object.fromEntries(kept),
    'model-card.md': encode('# loan v1\n'),
    'model.json': encode(canonicalJson(LOW_INCOME_IS_RISKY)),
    'weights.bin': new Uint8Array(new Float32Array([-1, 0]).buffer),
  };
  const spec = TrainingSpec.parse(JSON.parse(new TextDecoder().decode(files['training-spec.json'])));
  const folder = { ...files, 'version.json': encode(canonicalJson(versionManifest(spec, files))) };
  host.push('main', Object.fromEntries(Object.entries(folder).map(([name, bytes]) => [`${FOLDER}/${name}`, bytes])), 'approver');
}

/** v2 is trained, merged, and then serves eight days of weather in which it ranks loans the wrong way round: its promise is broken. */
async function promotedInto(weather: Partial<LoanWeather>, prepare: (world: LoopWorld) => void): Promise<LoopWorld> {
  const world = await LoopWorld.open();
  prepare(world);
  world.pass(7);
  await world.reconcile();
  world.pass(8, { skill: 0.2 });
  await world.reconcile();
  await world.train();
  await world.reconcile({ observe: 'nothing' });
  world.judge('pass');
  await world.reconcile({ observe: 'nothing' });
  world.host.merge(world.host.pulls[0]?.number ?? 0, 'approver');
  await world.reconcile({ observe: 'nothing' });
  world.pass(8, { skill: -1, version: 'v2', ...weather });
  await world.reconcile();
  return world;
}

function told(world: LoopWorld): { readonly rollbacks: number; readonly comment: string } {
  const comment = world.host.commentsHeld.find(({ body }) => body.includes('The promise is broken'))?.body ?? '';
  return { rollbacks: world.host.pulls.filter(({ title }) => title.startsWith('Roll back')).length, comment };
}

describe('a promotion whose promise is broken', () => {
  it('is rolled back by pull request when the version before ranks the same rows better', async () => {
    const world = await promotedInto({}, giveBytes);

    const { rollbacks, comment } = told(world);

    expect(rollbacks).toBe(1);
    expect(comment).toContain('v1 is the better one');
    expect(comment).toContain('The way back is proposed');
  });

  it('stays when the days were hard for both', async () => {
    const world = await promotedInto({ flipped: true }, giveBytes);

    const { rollbacks, comment } = told(world);

    expect(rollbacks).toBe(0);
    expect(comment).toContain('Harder weeks for every model');
    expect(comment).toContain('Going back to v1 is not proposed');
  });

  it('stays when the bytes of the version before are gone, and says so', async () => {
    const world = await promotedInto({}, () => undefined);

    const { rollbacks, comment } = told(world);

    expect(rollbacks).toBe(0);
    expect(comment).toContain('v1 could not be compared on the same rows');
  });
});
