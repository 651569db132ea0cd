import type { Command, CommandContext } from '../../pipelines/cli/command.ts';
import { textOption } from '../../pipelines/cli/folder-options.ts';
import { UserError } from '../../pipelines/core/errors/user-error.ts';
import { instantFromEpoch } from '../../pipelines/core/schema/instant.ts';
import type { CodeHost } from '../effects/code-host.ts';

interface Rollback {
  readonly model: string;
  readonly to: string;
  readonly reason: string;
}

/** `holdfast rollback <model> <version>`: opens the pull request that puts an earlier version back. Run twice, it names the same pull request. */
export const rollbackCommand: Command = {
  name: 'rollback',
  summary: 'Open the pull request that puts an earlier version back; merging it is the rollback',
  usage: '<model> <version>',
  options: {
    repository: { type: 'string', value: '<owner/name>', description: 'repository on GitHub (default: GITHUB_REPOSITORY)' },
    reason: { type: 'string', value: '<text>', description: 'why, for the pull request' },
    json: { type: 'boolean', description: 'print the number and address as JSON' },
  },
  async run(context) {
    const [model, to] = context.positionals;
    if (model === undefined || to === undefined) {
      throw new UserError({
        code: 'BAD_ARGUMENTS',
        message: 'expected: <model> <version>',
        hint: '`holdfast versions <model>` lists the versions',
      });
    }
    const host = await openHost(context);
    const number = await proposeRollback(host, { model, to, reason: textOption(context, 'reason') ?? 'A person asked for it.' });
    const { url } = await host.repository();
    const address = `${url}/pull/${number}`;
    context.print(context.options['json'] === true ? JSON.stringify({ number, url: address }) : `pull request #${number}: ${address}`);
    return 0;
  },
};

async function openHost(context: CommandContext): Promise<CodeHost> {
  const [{ createClient }, { openRepositoryShell }] = await Promise.all([
    import('../github/create-client.ts'),
    import('../roots/open-repository-shell.ts'),
  ]);
  const token = required(context, 'GITHUB_TOKEN', 'a token that may write contents and pull requests');
  const repository = textOption(context, 'repository') ?? required(context, 'GITHUB_REPOSITORY', 'owner/name, or pass --repository');
  const baseUrl = context.environment['GITHUB_API_URL'] ?? 'https://api.github.com';
  const logger = { info: () => {}, warn: context.note, error: context.note };
  return openRepositoryShell(createClient({ credentials: { kind: 'token', token }, baseUrl, pace: 'github', logger }), repository, []).host;
}

async function proposeRollback(host: CodeHost, { model, to, reason }: Rollback): Promise<number> {
  const [{ deploymentText }, { parseDeployment }, { prepareBranch }] = await Promise.all([
    import('../../pipelines/adapters/files/write-deployment.ts'),
    import('../../pipelines/adapters/files/read-definition.ts'),
    import('../reconcile/apply/prepare-branch.ts'),
  ]);
  const repository = await host.repository();
  const path = `models/${model}/deployment.yml`;
  const bytes = await host.fileAt(repository.head, path);
  const version = await host.fileAt(repository.head, `models/${model}/versions/${to}/version.json`);
  if (bytes === null || version === null) {
    throw new UserError({
      code: 'VERSION_MISSING',
      message: `${bytes === null ? `${model} was never deployed` : `${model} has no version ${to}`} on ${repository.defaultBranch}`,
      hint: '`holdfast versions` lists those there are',
    });
  }
  const text = new TextDecoder().decode(bytes);
  const { production } = parseDeployment({ text, file: path });
  if (production === to)
    throw new UserError({ code: 'ALREADY_SERVING', message: `${to} already serves as ${model}`, hint: 'name an earlier version' });
  const branch = `rollback/${model}`;
  const file = deploymentText({ text, model, version: to });
  const tip = await prepareBranch({ branch, headline: `Put ${model} ${to} back`, path, file }, host, repository);
  if (tip === null)
    throw new UserError({
      code: 'BRANCH_TAKEN',
      message: `${branch} holds work that would be lost`,
      hint: `merge or close its pull request, or delete ${branch}`,
    });
  const open = (await host.pullsOf(branch)).find((pull) => pull.state === 'open');
  return open?.number ?? (await createPull(host, { model, to, reason }, { production, branch, base: repository.defaultBranch }));
}

async function createPull(
  host: CodeHost,
  { model, to, reason }: Rollback,
  from: { readonly production: string; readonly branch: string; readonly base: string },
): Promise<number> {
  const [{ renderRollbackPullRequest }, { shortKey }] = await Promise.all([
    import('../markdown/rollback-pull-request/render-rollback-pull-request.ts'),
    import('../../pipelines/core/digest/sha256.ts'),
  ]);
  const because = [{ kind: 'command' as const, ref: 'holdfast rollback', window: null, text: reason }];
  const wish = { kind: 'propose-rollback' as const, model, version: from.production, to };
  const body = renderRollbackPullRequest({ ...wish, id: shortKey({ ...wish, reason }), at: instantFromEpoch(Date.now() / 1000), because });
  const pull = await host.createPull({ title: `Roll back ${model}: ${from.production} → ${to}`, body, head: from.branch, base: from.base });
  return pull.number;
}

function required(context: CommandContext, name: string, what: string): string {
  const value = context.environment[name];
  if (value !== undefined && value !== '') return value;
  throw new UserError({ code: 'ENVIRONMENT_INVALID', message: `${name} is not set`, hint: `set it to ${what}` });
}
