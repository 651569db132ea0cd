import { epochSeconds, type Instant } from '../../core/schema/instant.ts';
import type { QuarantineCounts, QuarantineReason } from '../../core/schema/quarantine.ts';
import type { Window } from '../../core/schema/window.ts';
import type { Problem } from './log-file.ts';

/**
 * Adds rows that were set aside to the window of their time. Rows with no time near them (nothing in their file has one) go to the first
 * window. Problems after asOf are not there yet, and those outside every window belong to other windows.
 */
export function addProblems(
  problems: readonly Problem[],
  { windows, asOf }: { readonly windows: readonly Window[]; readonly asOf: Instant },
  tallies: readonly { quarantined: QuarantineCounts }[],
): void {
  const now = epochSeconds(asOf);
  const ranges = windows.map((window) => ({ start: epochSeconds(window.start), end: epochSeconds(window.end) }));
  for (const { reason, at, rows } of problems) {
    if (at === null) addRows(tallies[0], reason, rows);
    if (at === null || at > now) continue;
    for (const [index, range] of ranges.entries()) if (at >= range.start && at < range.end) addRows(tallies[index], reason, rows);
  }
}

function addRows(tally: { quarantined: QuarantineCounts } | undefined, reason: QuarantineReason, rows: number): void {
  if (tally !== undefined) tally.quarantined = { ...tally.quarantined, [reason]: (tally.quarantined[reason] ?? 0) + rows };
}
