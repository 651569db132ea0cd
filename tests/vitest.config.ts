import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** `unit`: everything that needs neither a browser nor long calibration. `slow`: calibration, whole runs. `browser`: needs Chromium. */
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/**/*.slow.test.ts', 'tests/**/*.browser.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      { test: { name: 'slow', include: ['tests/**/*.slow.test.ts'], testTimeout: 1_800_000, hookTimeout: 600_000 } },
      { test: { name: 'browser', include: ['tests/**/*.browser.test.ts'], testTimeout: 600_000, hookTimeout: 600_000 } },
    ],
  },
});
