import { type WeighedCheck, weighCheck } from '../evaluation/weighed-check.ts';

/** Digest of each file under models/ by path from the root of the repository; `link` for what is no plain file. */
export type TreeFiles = Readonly<Record<string, string>>;

export interface Trees {
  readonly base: TreeFiles;
  readonly head: TreeFiles;
  /** Paths that the branch changes; null when they are not known: then every difference to the base counts. */
  readonly changed: readonly string[] | null;
  /** Versions that the branch puts into production: `model/version`. */
  readonly deployed: readonly string[];
}

const VERSION_PATH = /^models\/([^/]+)\/versions\/([^/]+)(?:\/|$)/;
const STANDING = /^models\/[^/]+\/(?:deployment|model)\.yml$/;
const SHOWN = 5;

/** What no pull request may do to models/, whatever else it does: versions stay as they were judged, and come only by being judged. */
export function treeChecks(trees: Trees): WeighedCheck[] {
  const touched = touchedPaths(trees);
  const known = versionsOf(trees.base);
  const rewritten = touched.filter((path) => known.has(versionOf(path) ?? ''));
  const deleted = touched.filter((path) => STANDING.test(path) && path in trees.base && !(path in trees.head));
  const linked = Object.keys(trees.head).filter((path) => trees.head[path] === 'link');
  const unjudged = [...versionsOf(trees.head)].filter((version) => !known.has(version) && !trees.deployed.includes(version));
  return [
    none('no version of the base is changed', rewritten, 'A version is what was judged: make a new one instead.'),
    none('no model and no deployment is deleted', deleted, 'Nothing would serve or be watched any more.'),
    none('every new version is deployed', unjudged, 'A version that is not deployed is not judged, and what is not judged is not kept.'),
    none('models hold plain files only', linked, 'A link could lead out of what is judged.'),
  ];
}

/** The versions of a tree, as `model/version`. */
function versionsOf(files: TreeFiles): Set<string> {
  return new Set(Object.keys(files).flatMap((path) => versionOf(path) ?? []));
}

function versionOf(path: string): string | null {
  const [, model, version] = VERSION_PATH.exec(path) ?? [];
  return model === undefined || version === undefined ? null : `${model}/${version}`;
}

/** Only what differs from the tip of the base: a branch may repeat what the base did meanwhile. */
function touchedPaths({ base, head, changed }: Trees): string[] {
  const all = [...new Set([...Object.keys(base), ...Object.keys(head)])].filter((path) => base[path] !== head[path]);
  if (changed === null) return all.sort();
  const listed = new Set(changed);
  return all.filter((path) => listed.has(path)).sort();
}

function none(name: string, found: readonly string[], because: string): WeighedCheck {
  const shown = `${found.slice(0, SHOWN).join(', ')}${found.length > SHOWN ? ` and ${found.length - SHOWN} more` : ''}`;
  const why = found.length === 0 ? 'There is none.' : `${shown}. ${because}`;
  return weighCheck({ name, metric: 'paths', operator: '<=', expected: 0, actual: found.length, why });
}
