import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Given, replayPolicy } from './replay-policy.ts';

const FOLDER = import.meta.dirname;
const SCENARIOS = readdirSync(FOLDER, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

// A new case is a new folder with a given.json; `vitest run -u` writes its expected.json, which a person then reads.
describe('policy scenarios', () => {
  test('the folders were found', () => {
    expect(SCENARIOS.length).toBeGreaterThanOrEqual(12);
  });

  test.each(SCENARIOS)('%s', async (name) => {
    const given = Given.parse(JSON.parse(readFileSync(join(FOLDER, name, 'given.json'), 'utf8')));

    const told = replayPolicy(given);

    if (process.env['CI'] !== undefined) expect(existsSync(join(FOLDER, name, 'expected.json'))).toBe(true);
    await expect(`${JSON.stringify(told, null, 2)}\n`).toMatchFileSnapshot(join(FOLDER, name, 'expected.json'));
  });
});
