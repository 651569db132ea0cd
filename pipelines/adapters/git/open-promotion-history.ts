import { execFile } from 'node:child_process';
import { realpath } from 'node:fs/promises';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { artifactDigest } from '../../core/registry/artifact-digest.ts';
import { Deployment } from '../../core/schema/deployment.ts';
import type { Digest } from '../../core/schema/digest.ts';
import type { PromotionHistory } from '../../ports/promotion-history.ts';

const run = promisify(execFile);
/** Weights over this size lie in a release, not in git. */
const LARGEST_FILE = 128 * 1024 * 1024;

/**
 * Promotions as the first-parent history of a checkout tells them: the commits that changed deployment.yml, and the bytes that it named there. `root` must be the top of
 * a clone with all of its history; of anything else null is answered.
 */
export function openPromotionHistory(root: string): PromotionHistory {
  const show = async (commit: string, path: string): Promise<Buffer | null> => {
    try {
      return (await run('git', ['-C', root, 'show', `${commit}:${path}`], { encoding: 'buffer', maxBuffer: LARGEST_FILE })).stdout;
    } catch {
      return null;
    }
  };
  return {
    async promoted(model, version) {
      if (!(await isWhole(root))) return null;
      const path = `models/${model}/deployment.yml`;
      const commits = lines(await git(root, 'log', '--first-parent', '--format=%H', 'HEAD', '--', path));
      const digests: Digest[] = [];
      for (const commit of commits) {
        if (productionIn(await show(commit, path)) !== version) continue;
        const folder = `models/${model}/versions/${version}`;
        const [json, weights] = [await show(commit, `${folder}/model.json`), await show(commit, `${folder}/weights.bin`)];
        if (json !== null && weights !== null) digests.push(artifactDigest(json, weights));
      }
      return digests;
    },
  };
}

async function isWhole(root: string): Promise<boolean> {
  try {
    const [shallow, top] = lines(await git(root, 'rev-parse', '--is-shallow-repository', '--show-toplevel'));
    return shallow === 'false' && top === (await realpath(root));
  } catch {
    return false;
  }
}

async function git(root: string, ...given: readonly string[]): Promise<string> {
  return (await run('git', ['-C', root, ...given], { maxBuffer: LARGEST_FILE })).stdout;
}

function lines(text: string): string[] {
  return text.split('\n').filter((line) => line !== '');
}

function productionIn(bytes: Buffer | null): string | null {
  if (bytes === null) return null;
  try {
    const parsed = Deployment.safeParse(parse(bytes.toString('utf8')));
    return parsed.success ? parsed.data.production : null;
  } catch {
    return null;
  }
}
