import type { World } from '../store/world.ts';
import { accountJson, type Json, nodeId, repositoryApi, repositoryWeb } from './account-json.ts';
import { repositoryAddresses } from './repository-addresses.ts';

/** What never changes here. */
const FEATURES = {
  stargazers_count: 0,
  watchers_count: 0,
  language: null,
  has_issues: true,
  has_projects: false,
  has_wiki: false,
  has_downloads: true,
  has_discussions: false,
  forks_count: 0,
  archived: false,
  disabled: false,
  license: null,
  allow_forking: true,
  is_template: false,
  web_commit_signoff_required: false,
  topics: [],
  forks: 0,
  delete_branch_on_merge: false,
} as const;

const MERGE_SETTINGS = { allow_squash_merge: true, allow_merge_commit: true, allow_rebase_merge: false, allow_auto_merge: false } as const;

/** `repository`. */
export function repositoryJson(world: World): Json {
  return { ...minimalRepositoryJson(world), ...MERGE_SETTINGS };
}

/** `full-repository`: what the repository says of itself when it is asked for by name. */
export function fullRepositoryJson(world: World): Json {
  return { ...repositoryJson(world), network_count: 0, subscribers_count: 0 };
}

/** `minimal-repository`: what other things show of it. */
export function minimalRepositoryJson(world: World): Json {
  const { settings } = world;
  const api = repositoryApi(world);
  const web = repositoryWeb(world);
  const open = world.issues.filter((issue) => issue.state === 'open').length;
  return {
    id: settings.repositoryId,
    node_id: nodeId('R', settings.repositoryId),
    name: settings.name,
    full_name: `${settings.owner}/${settings.name}`,
    private: settings.private,
    visibility: settings.private ? 'private' : 'public',
    owner: accountJson(world, settings.owner),
    html_url: web,
    description: null,
    fork: false,
    url: api,
    ...repositoryAddresses(api, web),
    created_at: settings.createdAt,
    updated_at: settings.createdAt,
    pushed_at: settings.createdAt,
    homepage: null,
    ...FEATURES,
    size: 0,
    has_pages: world.pages.all().length > 0,
    open_issues_count: open,
    open_issues: open,
    watchers: 0,
    default_branch: 'main',
  };
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
