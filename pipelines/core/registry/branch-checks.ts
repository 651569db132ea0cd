import { digestValue } from '../digest/sha256.ts';
import { type WeighedCheck, weighCheck } from '../evaluation/weighed-check.ts';
import type { ModelDefinition } from '../schema/model-definition.ts';
import { phraseQuantity } from '../schema/phrase-number.ts';
import { equal } from './lineage-checks.ts';

export interface Branch {
  readonly model: string;
  readonly version: string;
  readonly baseDefinition: ModelDefinition;
  readonly headDefinition: ModelDefinition;
  /** What does not fit the digests of version.json. */
  readonly problems: readonly string[];
  /** Paths that the branch changes; null when they are not known. */
  readonly changedFiles: readonly string[] | null;
}

/** Whether the branch is what it says: whole bytes, the definition of the base, and no change beside the version and its deployment. */
export function branchChecks(branch: Branch): WeighedCheck[] {
  const { model, version, problems } = branch;
  const bytes = intactCheck('the bytes are those that version.json binds', problems);
  const definition = equal('model.yml is that of the base branch', digestValue(branch.baseDefinition), digestValue(branch.headDefinition));
  return [bytes, definition, ...changedFilesCheck(branch.changedFiles, `models/${model}/`, version)];
}

/** A check that no digest disagrees. */
export function intactCheck(name: string, problems: readonly string[]): WeighedCheck {
  return weighCheck({
    name,
    metric: 'problems',
    operator: '<=',
    expected: 0,
    actual: problems.length,
    why: problems.length === 0 ? 'Every digest was computed again and agrees.' : `${problems.join('; ')}.`,
  });
}

function changedFilesCheck(changed: readonly string[] | null, folder: string, version: string): WeighedCheck[] {
  if (changed === null) return [];
  const foreign = changed.filter((path) => path !== `${folder}deployment.yml` && !path.startsWith(`${folder}versions/${version}/`));
  return [
    weighCheck({
      name: 'nothing else is changed',
      metric: 'files',
      operator: '<=',
      expected: 0,
      actual: foreign.length,
      why:
        foreign.length === 0
          ? `${phraseQuantity(changed.length, 'file')} of ${version} and its deployment.`
          : `Also changed: ${foreign.slice(0, 5).join(', ')}.`,
    }),
  ];
}
