import type { World } from '../store/world.ts';
import { accountJson, type Json, nodeId, repositoryApi, repositoryWeb } from './account-json.ts';
import { repositoryAddresses } from './repository-addresses.ts';

/** What never changes here. */
const FEATURES = {
  homepage: null,
  size: 0,
  stargazers_count: 0,
  watchers_count: 0,
  watchers: 0,
  language: null,
  has_issues: true,
  has_projects: false,
  has_wiki: false,
  has_downloads: true,
  has_discussions: false,
  forks_count: 0,
  forks: 0,
  archived: false,
  disabled: false,
  license: null,
  allow_forking: true,
  is_template: false,
  web_commit_signoff_required: false,
  topics: [],
  mirror_url: null,
  default_branch: 'main',
  allow_squash_merge: true,
  allow_merge_commit: true,
  allow_rebase_merge: false,
  allow_auto_merge: false,
  delete_branch_on_merge: false,
} as const;

/** `minimal-repository`: what runs, suites and statuses show of it. */
export function minimalRepositoryJson(world: World): Json {
  const { settings } = world;
  const api = repositoryApi(world);
  return {
    id: settings.repositoryId,
    node_id: nodeId('R', settings.repositoryId),
    name: settings.name,
    full_name: `${settings.owner}/${settings.name}`,
    private: settings.private,
    owner: accountJson(world, settings.owner),
    html_url: repositoryWeb(world),
    description: null,
    fork: false,
    url: api,
    ...repositoryAddresses(api),
  };
}

/** `repository`. */
export function repositoryJson(world: World): Json {
  const { createdAt } = world.settings;
  const web = repositoryWeb(world);
  const open = world.issues.filter((issue) => issue.state === 'open').length;
  return {
    ...minimalRepositoryJson(world),
    visibility: world.settings.private ? 'private' : 'public',
    git_url: `${web.replace(/^http/, 'git')}.git`,
    ssh_url: `${web.replace(/^http:\/\//, 'ssh://git@')}.git`,
    clone_url: `${web}.git`,
    svn_url: web,
    created_at: createdAt,
    updated_at: createdAt,
    pushed_at: createdAt,
    ...FEATURES,
    has_pages: world.pages.all().length > 0,
    open_issues_count: open,
    open_issues: open,
  };
}

/** `full-repository`: what the repository says of itself when it is asked for by name. */
export function fullRepositoryJson(world: World): Json {
  return { ...repositoryJson(world), network_count: 0, subscribers_count: 0 };
}

/** The App as `performed_via_github_app` and `check_run.app` show it. */
export function appJson(world: World, slug: string): Json {
  const ours = slug === world.settings.appSlug;
  const id = ours ? world.settings.appId : 15368;
  return {
    id,
    slug,
    node_id: nodeId('A', id),
    client_id: `Iv23sandbox${id}`,
    owner: accountJson(world, world.settings.owner),
    name: ours ? slug : 'GitHub Actions',
    description: null,
    external_url: world.webUrl(),
    html_url: `${world.webUrl()}/apps/${slug}`,
    created_at: world.settings.createdAt,
    updated_at: world.settings.createdAt,
    permissions: ours ? world.settings.granted : {},
    events: [],
  };
}
