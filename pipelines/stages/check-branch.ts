import { UserError } from '../core/errors/user-error.ts';
import { type WeighedCheck, weighCheck } from '../core/evaluation/weighed-check.ts';
import { type Trees, treeChecks } from '../core/registry/tree-checks.ts';
import type { GateCheck } from '../core/schema/gate-verdict.ts';
import type { ModelFiles } from '../ports/model-files.ts';
import type { ModelRepository } from '../ports/model-repository.ts';

export interface BranchTask {
  readonly base: ModelRepository;
  readonly head: ModelRepository;
  readonly files: { readonly base: ModelFiles; readonly head: ModelFiles };
  /** Paths that the branch changes; null when they are not known. */
  readonly changed: readonly string[] | null;
}

/** What a branch does to models/ as a whole. */
export interface BranchFindings {
  readonly checks: readonly GateCheck[];
  /** Models whose deployment names another version than on the base. */
  readonly deploys: readonly string[];
  /** Whether every definition and deployment of the head can be read. */
  readonly isReadable: boolean;
}

/** Reads both sides of a pull request: what it deploys, whether its definitions are sound, and whether it leaves what was judged alone. */
export async function checkBranch({ base, head, files, changed }: BranchTask): Promise<BranchFindings> {
  const names = [...new Set(Object.keys(files.head).flatMap((path) => /^models\/([^/]+)\//.exec(path)?.[1] ?? []))].sort();
  const problems: string[] = [];
  const deployed: { readonly model: string; readonly version: string }[] = [];
  for (const name of names) {
    const found = await readModel(head, name, files.head);
    problems.push(...found.problems);
    if (found.production === null || !mayDeploy(name, changed)) continue;
    const serving = await productionOf(base, name);
    if (serving !== found.production) deployed.push({ model: name, version: found.production });
  }
  const trees: Trees = { ...files, changed, deployed: deployed.map(({ model, version }) => `${model}/${version}`) };
  return {
    checks: [soundCheck(problems), ...treeChecks(trees)],
    deploys: deployed.map(({ model }) => model),
    isReadable: problems.length === 0,
  };
}

function soundCheck(problems: readonly string[]): WeighedCheck {
  return weighCheck({
    name: 'every definition and deployment is sound',
    metric: 'problems',
    operator: '<=',
    expected: 0,
    actual: problems.length,
    why: problems.length === 0 ? 'Each was read and names what is there.' : `${problems.join('; ')}.`,
  });
}

/** A branch that is behind its base deploys only what it changes itself. */
function mayDeploy(model: string, changed: readonly string[] | null): boolean {
  return changed === null || changed.includes(`models/${model}/deployment.yml`);
}

/** What the base deploys; null also when that cannot be read: then whatever the head deploys is new. */
async function productionOf(base: ModelRepository, model: string): Promise<string | null> {
  try {
    return (await base.deployment(model))?.production ?? null;
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

interface ReadModel {
  readonly production: string | null;
  readonly problems: readonly string[];
}

async function readModel(head: ModelRepository, name: string, files: ModelFiles): Promise<ReadModel> {
  try {
    const [definition, deployment] = await Promise.all([head.definition(name), head.deployment(name)]);
    const folder = `models/${name}`;
    const misnamed = [definition.name, deployment?.model ?? name].filter((each) => each !== name);
    const named = deployment === null ? [] : [deployment.production, ...(deployment.fallback === null ? [] : [deployment.fallback])];
    const absent = named.filter((version) => files[`${folder}/versions/${version}/version.json`] === undefined);
    const problems = [
      ...misnamed.map((each) => `${folder} speaks of ${each}`),
      ...absent.map((version) => `${folder}/deployment.yml names ${version}, which is not there`),
    ];
    return { production: deployment?.production ?? null, problems };
  } catch (error) {
    if (error instanceof UserError) return { production: null, problems: [error.message] };
    throw error;
  }
}
