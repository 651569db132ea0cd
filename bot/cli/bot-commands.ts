import type { CommandEntry } from '../../pipelines/cli/command-entry.ts';

/** Commands that speak GitHub, or stand for it. */
export const botCommands: readonly CommandEntry[] = [
  {
    name: 'rollback',
    summary: 'open the pull request that puts an earlier version back',
    load: async () => (await import('./rollback.ts')).rollbackCommand,
  },
  { name: 'doctor', summary: 'what runs here, and what falls back to what', load: async () => (await import('./doctor.ts')).doctorCommand },
];
