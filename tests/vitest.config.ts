import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './longest-first.ts';

/** No state outlives a test of these, so that files may share a process: the core's take half the time, others a third less. */
const PURE = [
  'tests/core/**/*.test.ts',
  'tests/oracles/**/*.test.ts',
  'tests/adapters/**/*.test.ts',
  'tests/stages/*.test.ts',
  'tests/pipelines/cli/*.test.ts',
  'tests/bot/{commands,demo,effects,github,markdown,roots,simulator}/**/*.test.ts',
  'tests/bot/sandbox/*.test.ts',
];
const NOT_UNIT = ['tests/**/*.slow.test.ts', 'tests/**/*.browser.test.ts'];

/** `unit` and `pure`: everything that needs neither a browser nor long calibration. `slow`: calibration, whole runs. `browser`: needs Chromium. */
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    // One fewer than there are cores would be a single one on a small machine.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['tests/**/*.test.ts'],
          exclude: [...NOT_UNIT, ...PURE],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      { test: { name: 'pure', include: PURE, exclude: NOT_UNIT, isolate: false, testTimeout: 60_000, hookTimeout: 60_000 } },
      { test: { name: 'slow', include: ['tests/**/*.slow.test.ts'], testTimeout: 1_800_000, hookTimeout: 600_000 } },
      { test: { name: 'browser', include: ['tests/**/*.browser.test.ts'], testTimeout: 600_000, hookTimeout: 600_000 } },
    ],
  },
});
