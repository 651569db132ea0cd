import type { Role } from '../store/entities.ts';
import { reaches } from './authorise.ts';
import type { Call } from './call.ts';

/** Whether the caller has write of a permission, or as a person at least the role. For rules inside a handler. */
export function authorisedTo(call: Call, permission: string, least: Role): boolean {
  const { principal } = call;
  if (principal.kind === 'person') return reaches(principal.account.role, least);
  if (principal.kind === 'installation' || principal.kind === 'job') return principal.permissions[permission] === 'write';
  return false;
}
