import type { Role } from '../store/entities.ts';
import type { World } from '../store/world.ts';
import { ApiError, notFound } from './api-error.ts';
import type { Principal, Route } from './call.ts';

const ORDER: readonly Role[] = ['read', 'triage', 'write', 'maintain', 'admin'];

/** Whether a role reaches another one. */
export function reaches(role: Role | null, least: Role): boolean {
  return role !== null && ORDER.indexOf(role) >= ORDER.indexOf(least);
}

/** Throws GitHub's refusal when the principal may not call the route; returns otherwise. */
export function authorise(world: World, principal: Principal, route: Route): void {
  if (route.right === 'none') return;
  if (route.right === 'app') {
    if (principal.kind === 'app') return;
    throw new ApiError(401, principal.kind === 'anonymous' ? 'Requires authentication' : 'A JSON web token could not be decoded');
  }
  if (principal.kind === 'app') throw new ApiError(403, 'Resource not accessible by integration');
  if (route.right === 'installation') {
    if (principal.kind === 'installation') return;
    throw new ApiError(
      principal.kind === 'anonymous' ? 401 : 403,
      principal.kind === 'anonymous' ? 'Requires authentication' : 'Resource not accessible by integration',
    );
  }
  if (principal.kind === 'anonymous') {
    authoriseStranger(world, route);
    return;
  }
  if (principal.kind === 'person') {
    authorisePerson(world, principal.account.role, route);
    return;
  }
  const granted = principal.permissions;
  if (route.right.some(([permission, access]) => covers(granted[permission], access))) return;
  throw new ApiError(403, 'Resource not accessible by integration', {
    headers: { 'x-accepted-github-permissions': accepted(route.right) },
  });
}

export function covers(granted: 'read' | 'write' | undefined, needed: 'read' | 'write'): boolean {
  return granted === 'write' || granted === needed;
}

function authoriseStranger(world: World, route: Route): void {
  if (route.method === 'GET' && !world.settings.private) return;
  throw new ApiError(401, 'Requires authentication');
}

function authorisePerson(world: World, role: Role | null, route: Route): void {
  const least = route.role ?? (route.method === 'GET' ? 'read' : 'write');
  if (least === 'read' && !world.settings.private) return;
  if (role === null) throw notFound();
  if (reaches(role, least)) return;
  throw new ApiError(403, least === 'admin' ? 'Must have admin rights to Repository.' : 'Must have push access to Repository.');
}

function accepted(rights: readonly (readonly [string, string])[]): string {
  return rights.map(([permission, access]) => `${permission}=${access}`).join('; ');
}
