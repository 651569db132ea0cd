import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

const NEEDED = ['bash', 'git', 'npm', 'tar'];
const USUAL = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];

/** PATH of jobs: this Node first, then the usual folders, then where the host keeps bash, git, npm and tar if that is elsewhere. */
export function searchPath(nodeBinary: string, hostPath: string): string {
  const hostFolders = hostPath.split(delimiter).filter((folder) => folder !== '');
  const missing = NEEDED.filter((program) => !USUAL.some((folder) => existsSync(join(folder, program))));
  const extra = missing.flatMap((program) => hostFolders.filter((folder) => existsSync(join(folder, program))).slice(0, 1));
  return [...new Set([dirname(nodeBinary), ...USUAL, ...extra])].join(delimiter);
}
