import type { Command } from './command.ts';

/** Roles of a repository, weakest first. Custom roles count as the role that they extend. */
export const ROLES = ['none', 'read', 'triage', 'write', 'maintain', 'admin'] as const;
export type Role = (typeof ROLES)[number];

// Looking needs write permission too: on a public repository everybody reads, and each answer is a comment.
const FLOORS: Readonly<Record<Command['kind'], Role>> = {
  status: 'write',
  explain: 'write',
  unknown: 'write',
  retrain: 'write',
  acknowledge: 'write',
  snooze: 'write',
};

/** The weakest role that may give a command. */
export function permissionFloor(command: Command): Role {
  return FLOORS[command.kind];
}

/** Whether a role is at least as strong as another. */
export function reaches(role: Role, floor: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(floor);
}
