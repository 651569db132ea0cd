import { rulesDigest } from '../core/evaluation/rules-digest.ts';
import { artifactDigest } from '../core/registry/artifact-digest.ts';
import { intactCheck } from '../core/registry/branch-checks.ts';
import type { Digest } from '../core/schema/digest.ts';
import type { GateCheck, GateVerdict } from '../core/schema/gate-verdict.ts';
import type { GateMaterial } from './gate-task.ts';
import type { StoredVersion } from './read-version.ts';

/** What the verdict is bound to. `data`: digest of the held-out rows. */
export function evidenceOf({ task, definition, challenger, champion }: GateMaterial, data: Digest): GateVerdict['evidence'] {
  return {
    challenger: digestOf(challenger),
    champion: champion === null ? null : digestOf(champion),
    data,
    rules: rulesDigest(definition),
    code: task.code,
  };
}

/** Digest of the model itself. From the bytes, not from version.json. */
export function digestOf({ files, model }: StoredVersion): Digest {
  return artifactDigest(files['model.json'] ?? new Uint8Array(), model.weights);
}

/** A check that a version of the base holds the bytes that its own version.json binds; none for no version. */
export function championIntact(version: StoredVersion | null): GateCheck[] {
  return version === null ? [] : [intactCheck(`the bytes of ${version.manifest.version} on the base branch are intact`, version.problems)];
}
