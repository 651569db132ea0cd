import { describe, expect, test } from 'vitest';
import { phraseWatch } from '../../pipelines/cli/phrase-watch.ts';
import { addSeconds } from '../../pipelines/core/schema/instant.ts';
import type { LogIntegrity } from '../../pipelines/core/schema/log-integrity.ts';
import type { Window } from '../../pipelines/core/schema/window.ts';
import { judgeFreshness } from '../../pipelines/core/signals/judge-freshness.ts';
import { inspectedProfiles } from '../../pipelines/stages/inspected-profiles.ts';
import { loansOf, MemoryLog } from '../fakes/memory-log.ts';
import { reportOf } from '../fakes/policy-world.ts';
import { definitionWith, MONDAY, ordinaryReference } from '../fakes/watched-world.ts';

const DAY = 86_400;

/** Tells how often it was looked at, and gives each window another count. */
class InspectedLog extends MemoryLog {
  readonly inspected: Window[] = [];

  async inspect(windows: readonly Window[]): Promise<LogIntegrity[]> {
    this.inspected.push(...windows);
    return windows.map((_, index) => ({ repeatedIds: index + 1, steps: 9, backwards: 0, arrived: 0, ahead: 0, late: 0, types: {} }));
  }
}

describe('inspectedProfiles', () => {
  const windows = [0, 1, 2].map((day) => ({ start: addSeconds(MONDAY, day * DAY), end: addSeconds(MONDAY, (day + 1) * DAY) }));
  const asOf = addSeconds(MONDAY, 3 * DAY);
  const filled = <L extends MemoryLog>(log: L): L => {
    for (const { start } of windows) log.add(loansOf(start, { rows: 20, skill: 0.9 }));
    return log;
  };

  test('looks at the new windows only, and puts what it finds beside their counts', async () => {
    const log = filled(new InspectedLog());
    const grids = await log.learnGrids({ start: MONDAY, end: asOf }, asOf);

    const profiles = await inspectedProfiles(log, { windows, grids, asOf, inspectFrom: 1 });

    expect(log.inspected).toEqual(windows.slice(1));
    expect(profiles.map(({ integrity }) => integrity?.repeatedIds)).toEqual([undefined, 1, 2]);
  });

  test('a log that cannot tell gives profiles as they are', async () => {
    const log = filled(new MemoryLog());
    const grids = await log.learnGrids({ start: MONDAY, end: asOf }, asOf);

    const profiles = await inspectedProfiles(log, { windows, grids, asOf, inspectFrom: 0 });

    expect(profiles).toEqual(await log.profile(windows, grids, asOf));
  });
});

test('holdfast watch says that the log has ended', () => {
  const definition = definitionWith();
  const asOf = addSeconds(MONDAY, 4 * DAY);
  const freshness = judgeFreshness({ definition, reference: ordinaryReference(definition), watermark: MONDAY, asOf });
  const report = { ...reportOf({ asOf, champion: 'v1' }), watermark: MONDAY };

  expect(phraseWatch({ report: { ...report, freshness } }).join('\n')).toContain(
    `The log ends at ${MONDAY}; by ${asOf} 2 more windows should be there.`,
  );
  expect(phraseWatch({ report })).toHaveLength(1);
});
