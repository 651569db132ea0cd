import type { CodeHost, HostIssue } from '../effects/code-host.ts';
import { isOwn, parseMarker, type Signing } from '../effects/marker.ts';

const PROBES = 50;
const GAPS = 3;

/**
 * The issue that an interrupted run may have made: the numbers after the highest one that it had seen are asked for one by one, because
 * reading by number does not lag behind. null when there is none.
 */
export async function findPendingIssue(
  host: CodeHost,
  wanted: { readonly key: string; readonly nonce: string; readonly highWater: number; readonly trustedAuthors: readonly string[] },
  signing: Signing,
): Promise<HostIssue | null> {
  let gaps = 0;
  for (let number = wanted.highWater + 1; number <= wanted.highWater + PROBES && gaps < GAPS; number += 1) {
    const issue = await host.issue(number);
    gaps = issue === null ? gaps + 1 : 0;
    if (issue === null || issue.isPull || !isOwn(issue, wanted, signing)) continue;
    // An issue that was edited since carries no nonce; its number alone says that it is younger than the intent.
    const nonce = parseMarker(issue.body, signing)?.nonce ?? null;
    if (nonce === null || nonce === wanted.nonce) return issue;
  }
  return null;
}
