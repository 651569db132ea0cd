import { DOWNLOAD_PATH } from '../../bot/sandbox/rest/download-routes.ts';

/** Addresses that the sandbox answers and GitHub's description does not list: one operation written differently, and the store of files. */
export const SANDBOX_ONLY_PATHS: readonly string[] = ['/repos/{owner}/{repo}/contents', '/repos/{owner}/{repo}/contents/', DOWNLOAD_PATH];

/** A path template without the names of its parameters: the sandbox and GitHub call them differently, and GitHub marks no slashes. */
export function operationPath(template: string): string {
  return template.replace(/\{\w+\+?\}/g, '{}');
}
