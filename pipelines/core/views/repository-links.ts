import type { VersionName } from '../schema/identifiers.ts';

/** Addresses on the code host; null when the repository's address is unknown. */
export function issueUrl(repositoryUrl: string | null, number: number | null): string | null {
  return repositoryUrl === null || number === null ? null : `${repositoryUrl}/issues/${number}`;
}

export function pullRequestUrl(repositoryUrl: string | null, number: number | null): string | null {
  return repositoryUrl === null || number === null ? null : `${repositoryUrl}/pull/${number}`;
}

export function commitUrl(repositoryUrl: string | null, sha: string): string | null {
  return repositoryUrl === null || sha === '' ? null : `${repositoryUrl}/commit/${sha}`;
}

/** A file or folder on the default branch. */
export function fileUrl(repositoryUrl: string | null, path: string): string | null {
  return repositoryUrl === null ? null : `${repositoryUrl}/tree/main/${path}`;
}

export function versionFolder(model: string, version: VersionName): string {
  return `models/${model}/versions/${version}`;
}
