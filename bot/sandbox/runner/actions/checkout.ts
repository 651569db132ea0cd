import { appendFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { runProcess } from '../run-process.ts';
import { WorkflowError } from '../workflow-error.ts';
import type { ActionSetting, ReplacedAction } from './replaced-action.ts';

const COMMIT = /^[0-9a-f]{40}$/;

// With fetch-depth 0 the real action brings all branches and tags.
const EVERYTHING = ['+refs/heads/*:refs/remotes/origin/*', '+refs/tags/*:refs/tags/*'];

interface Source {
  /** Refspecs for `git fetch`. */
  readonly refspecs: readonly string[];
  /** Arguments of `git checkout` to try in this order: a name can be a branch or a tag. */
  readonly checkouts: readonly (readonly string[])[];
}

function sourceOf(ref: string, setting: ActionSetting): Source {
  if (COMMIT.test(ref)) return { refspecs: [ref], checkouts: [['--detach', ref]] };
  const name = ref.replace(/^refs\/(?:heads|tags)\//, '');
  const branch = ['-B', name, `refs/remotes/origin/${name}`];
  if (ref === '' && setting.ref.startsWith('refs/heads/')) {
    const current = setting.ref.slice('refs/heads/'.length);
    const tracking = `refs/remotes/origin/${current}`;
    return { refspecs: [`+${setting.sha}:${tracking}`], checkouts: [['-B', current, tracking]] };
  }
  if (ref === '') return { refspecs: [setting.sha], checkouts: [['--detach', setting.sha]] };
  if (ref.startsWith('refs/heads/')) return { refspecs: [`+${ref}:refs/remotes/origin/${name}`], checkouts: [branch] };
  // The trailing * lets a name that is only a branch or only a tag match without an error.
  return {
    refspecs: [`+refs/heads/${name}*:refs/remotes/origin/${name}*`, `+refs/tags/${name}*:refs/tags/${name}*`],
    checkouts: [branch, ['--detach', `refs/tags/${name}`]],
  };
}

function authorisation(setting: ActionSetting): string {
  return `AUTHORIZATION: basic ${Buffer.from(`x-access-token:${setting.token}`).toString('base64')}`;
}

async function run(inputs: Readonly<Record<string, string>>, setting: ActionSetting): Promise<Readonly<Record<string, string>>> {
  const { host, log } = setting;
  const url = `${host.urls.server}/${host.repository.owner}/${host.repository.name}.git`;
  const folder = join(setting.folders.workspace, inputs['path'] ?? '');
  const headerKey = `http.${host.urls.server}/.extraheader`;
  log.mask(authorisation(setting).split(' ').at(-1) ?? '');
  const environment = {
    ...setting.environment,
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: headerKey,
    GIT_CONFIG_VALUE_0: authorisation(setting),
  };
  const git = (...given: readonly string[]) =>
    runProcess({ command: 'git', arguments: given, folder, environment, signal: setting.signal, onLine: log.note });
  log.note(`checkout on this host: git fetch from ${url}`);
  await mkdir(folder, { recursive: true });
  if ((await git('init', '--quiet', '--initial-branch=none')) !== 0) throw new WorkflowError('git init failed');
  const header =
    inputs['persist-credentials'] === 'true' ? `[http "${host.urls.server}/"]\n\textraheader = ${authorisation(setting)}\n` : '';
  await appendFile(join(folder, '.git', 'config'), `[remote "origin"]\n\turl = ${url}\n[gc]\n\tauto = 0\n${header}`, { mode: 0o600 });
  const source = sourceOf(inputs['ref'] ?? '', setting);
  const whole = inputs['fetch-depth'] === '0';
  const depth = whole ? [] : [`--depth=${inputs['fetch-depth']}`];
  const refspecs = whole ? [...EVERYTHING, ...source.refspecs.filter((refspec) => COMMIT.test(refspec))] : source.refspecs;
  if ((await git('fetch', '--quiet', '--no-tags', '--no-auto-gc', ...depth, 'origin', ...refspecs)) !== 0) {
    throw new WorkflowError(`cannot fetch ${inputs['ref'] || setting.sha} from ${url}`);
  }
  for (const checkout of source.checkouts) {
    if ((await git('checkout', '--quiet', '--force', ...checkout)) === 0) return { ref: inputs['ref'] || setting.ref };
  }
  throw new WorkflowError(`A branch or tag with the name '${inputs['ref']}' could not be found`);
}

/** `actions/checkout` of the job's own repository, by git over HTTP with the job's token. */
export const checkout: ReplacedAction = {
  inputs: { ref: '', path: '', 'persist-credentials': 'true', 'fetch-depth': '1' },
  run,
};
