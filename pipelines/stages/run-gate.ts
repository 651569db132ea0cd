import { UserError } from '../core/errors/user-error.ts';
import { judgeRollback } from '../core/evaluation/judge-rollback.ts';
import { weighCheck } from '../core/evaluation/weighed-check.ts';
import { branchChecks } from '../core/registry/branch-checks.ts';
import { equal } from '../core/registry/lineage-checks.ts';
import type { GateCheck } from '../core/schema/gate-verdict.ts';
import { championIntact, digestOf, evidenceOf } from './gate-evidence.ts';
import type { GateMaterial, GateResult, GateTask } from './gate-task.ts';
import { measureBranch } from './measure-branch.ts';
import { readVersion, type StoredVersion } from './read-version.ts';

/**
 * Judges the version that the head branch would deploy, by the rules of the base branch, from the bytes of both and the log.
 * Throws a UserError when nothing is deployed (GATE_NOTHING_TO_JUDGE) or a version cannot be read.
 */
export async function runGate(task: GateTask): Promise<GateResult> {
  const { model, base, head } = task;
  const [definition, headDefinition] = await Promise.all([base.definition(model), head.definition(model)]);
  const [now, then] = await Promise.all([head.deployment(model), base.deployment(model)]);
  if (now === null || now.production === then?.production) throw nothingToJudge(model);
  const challenger = await readVersion(head, model, now.production);
  const champion = then === null ? null : await readVersion(base, model, then.production);
  const branch = branchChecks({
    model,
    version: now.production,
    baseDefinition: definition,
    headDefinition,
    problems: challenger.problems,
    changedFiles: task.changedFiles,
  });
  const material = { task, definition, challenger, champion, branch: [...task.branchChecks, ...branch] };
  const isRollback = (await base.versions(model)).includes(now.production);
  return isRollback ? rollback(material, await readVersion(base, model, now.production)) : measureBranch(material);
}

async function rollback(material: GateMaterial, registered: StoredVersion): Promise<GateResult> {
  const { task, challenger } = material;
  const integrity = [
    ...material.branch,
    equal('the version is the one on the base branch', digestOf(registered), digestOf(challenger)),
    await servedBefore(material),
    ...championIntact(registered),
  ];
  const evidence = evidenceOf(material, registered.report.heldOut.digest);
  const { model, judgedAt } = task;
  return { verdict: judgeRollback({ model, version: challenger.manifest.version, evidence, judgedAt, integrity }), report: null };
}

/** Only what was promoted was judged. That a version lies on the base does not tell: the history of its deployment does. */
async function servedBefore({ task, challenger }: GateMaterial): Promise<GateCheck> {
  const { version } = challenger.manifest;
  const promoted = await task.history.promoted(task.model, version);
  const digest = digestOf(challenger);
  const times = promoted?.filter((each) => each === digest).length ?? null;
  return weighCheck({
    name: `${version} was in production before`,
    metric: 'promotions',
    operator: '>=',
    expected: 1,
    actual: times,
    why: whyServed(version, promoted?.length ?? null, times ?? 0),
  });
}

function whyServed(version: string, promotions: number | null, times: number): string {
  if (promotions === null) return 'It cannot be told: the checkout of the base does not hold all of its history (fetch-depth: 0).';
  if (promotions === 0) return `In the history of the base, deployment.yml never named ${version}.`;
  return times === 0 ? `${version} served with other bytes than these.` : `${version} served with these bytes.`;
}

function nothingToJudge(model: string): UserError {
  return new UserError({
    code: 'GATE_NOTHING_TO_JUDGE',
    message: `the branch deploys no other version of ${model} than the base`,
    hint: 'change models/<model>/deployment.yml to the version to judge',
  });
}
