import { parseDefinition, parseDeployment } from '../../pipelines/adapters/files/read-definition.ts';
import { UserError } from '../../pipelines/core/errors/user-error.ts';
import { VersionName, versionNumber } from '../../pipelines/core/schema/identifiers.ts';
import type { ModelRepository } from '../../pipelines/ports/model-repository.ts';
import type { GitObjects } from './git-objects.ts';

/** models/ of one commit, read through the Git data interface: the App has no checkout. */
export function openGitHubRepository(objects: GitObjects, commit: string): ModelRepository {
  const bytes = async (path: string) => {
    const blob = (await objects.tree(commit)).get(path);
    return blob === undefined ? null : objects.blob(blob);
  };
  const names = async (pattern: RegExp) => {
    const found = [...(await objects.tree(commit)).keys()].flatMap((path) => pattern.exec(path)?.[1] ?? []);
    return [...new Set(found)];
  };
  return {
    async models() {
      return (await names(/^models\/([^/]+)\/model\.yml$/)).sort();
    },
    async definition(model) {
      const file = `models/${model}/model.yml`;
      const content = await bytes(file);
      if (content === null) throw missing(file, commit);
      return parseDefinition({ text: text(content), file });
    },
    async deployment(model) {
      const file = `models/${model}/deployment.yml`;
      const content = await bytes(file);
      return content === null ? null : parseDeployment({ text: text(content), file });
    },
    async versions(model) {
      const found = (await names(/^models\/[^/]+\/versions\/([^/]+)\//)).filter((name) => VersionName.safeParse(name).success);
      const tree = await objects.tree(commit);
      const own = found.filter((name) => [...tree.keys()].some((path) => path.startsWith(`models/${model}/versions/${name}/`)));
      return own.sort((a, b) => versionNumber(a) - versionNumber(b));
    },
    versionFile: (model, version, file) => bytes(`models/${model}/versions/${version}/${file}`),
  };
}

function text(content: Uint8Array): string {
  return Buffer.from(content).toString('utf8');
}

function missing(file: string, commit: string): UserError {
  return new UserError({
    code: 'MODEL_MISSING',
    message: `${file} is not in commit ${commit.slice(0, 7)}`,
    hint: 'check the name of the model',
  });
}
