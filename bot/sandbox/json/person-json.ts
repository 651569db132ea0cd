import type { World } from '../store/world.ts';
import { accountJson, type Json } from './account-json.ts';

/** `public-user`: an account with its profile, which says nothing here. */
export function personJson(world: World, login: string): Json {
  const { createdAt } = world.settings;
  return {
    ...accountJson(world, login),
    name: login,
    company: null,
    blog: '',
    location: null,
    email: null,
    hireable: null,
    bio: null,
    public_repos: 0,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: createdAt,
    updated_at: createdAt,
  };
}
