import type { JobPermissions, Permission } from '../actions-service.ts';
import { WorkflowError } from './workflow-error.ts';
import type { Permissions } from './workflow-file.ts';

const GRANTABLE: readonly Permission[] = [
  'actions',
  'attestations',
  'checks',
  'contents',
  'deployments',
  'id-token',
  'issues',
  'pages',
  'pull-requests',
  'statuses',
];

// The restricted default that GitHub gives new repositories.
const DEFAULT: JobPermissions = { contents: 'read' };

/** What the token of a job may do: the job's `permissions:` replaces the workflow's. Throws WorkflowError for a name not known here. */
export function jobPermissions(workflow: Permissions | undefined, job: Permissions | undefined): JobPermissions {
  const written = job ?? workflow ?? DEFAULT;
  if (typeof written === 'string') {
    const level = written === 'read-all' ? 'read' : 'write';
    return Object.fromEntries(GRANTABLE.filter((name) => name !== 'id-token' || level === 'write').map((name) => [name, level]));
  }
  const unknown = Object.keys(written).filter((name) => !GRANTABLE.some((known) => known === name));
  if (unknown.length > 0) throw new WorkflowError(`this runner cannot grant the permission ${unknown.join(', ')}`);
  return written;
}
