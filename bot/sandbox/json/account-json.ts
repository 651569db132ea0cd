import { accountOf } from '../http/authenticate.ts';
import type { World } from '../store/world.ts';

export type Json = Readonly<Record<string, unknown>>;

/** `simple-user` of the API description. */
export function accountJson(world: World, login: string): Json {
  const account = accountOf(world, login);
  const api = `${apiUrl(world)}/users/${encodeURIComponent(account.login)}`;
  return {
    login: account.login,
    id: account.id,
    node_id: nodeId('U', account.id),
    avatar_url: `${world.webUrl()}/avatars/${account.id}`,
    gravatar_id: '',
    url: api,
    html_url: `${world.webUrl()}/${account.login.replace('[bot]', '')}`,
    followers_url: `${api}/followers`,
    following_url: `${api}/following{/other_user}`,
    gists_url: `${api}/gists{/gist_id}`,
    starred_url: `${api}/starred{/owner}{/repo}`,
    subscriptions_url: `${api}/subscriptions`,
    organizations_url: `${api}/orgs`,
    repos_url: `${api}/repos`,
    events_url: `${api}/events{/privacy}`,
    received_events_url: `${api}/received_events`,
    type: account.type,
    site_admin: false,
  };
}

export function apiUrl(world: World): string {
  return `${world.webUrl()}/api/v3`;
}

export function repositoryApi(world: World): string {
  return `${apiUrl(world)}/repos/${world.settings.owner}/${world.settings.name}`;
}

export function repositoryWeb(world: World): string {
  return `${world.webUrl()}/${world.settings.owner}/${world.settings.name}`;
}

/** Global id of GraphQL: its kind can be read from it, which is all that the sandbox needs. */
export function nodeId(kind: string, id: number): string {
  return `${kind}_${Buffer.from(`${kind}:${id}`).toString('base64url')}`;
}

/** The row id in a node id of the given kind; null when it is of another kind. */
export function rowIdOf(kind: string, node: string): number | null {
  const text = Buffer.from(node.slice(node.indexOf('_') + 1), 'base64url').toString('utf8');
  const [found, id] = text.split(':');
  return found === kind && Number.isInteger(Number(id)) ? Number(id) : null;
}
