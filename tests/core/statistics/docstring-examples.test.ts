import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const FOLDER = new URL('../../../pipelines/core/statistics/', import.meta.url);
// `@example expression; // => value`: the left side is run against the exports of its file.
const EXAMPLE = /@example (.+?);? \/\/ => (.+)$/gm;

const examples = readdirSync(FOLDER, { encoding: 'utf8', recursive: true })
  .filter((file) => file.endsWith('.ts'))
  .flatMap((file) =>
    [...readFileSync(new URL(file, FOLDER), 'utf8').matchAll(EXAMPLE)].map(([, code = '', expected = '']) => ({ file, code, expected })),
  );

function evaluate(code: string, scope: Readonly<Record<string, unknown>>): unknown {
  return new Function(...Object.keys(scope), `return (${code});`)(...Object.values(scope));
}

function expectAlike(actual: unknown, expected: unknown): void {
  if (typeof expected === 'number' && typeof actual === 'number') {
    expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(expected)));
    return;
  }
  expect(actual).toEqual(expected);
}

describe('examples in docstrings', () => {
  test.each(examples)('$file: $code', async ({ file, code, expected }) => {
    const scope = (await import(new URL(file, FOLDER).href)) as Record<string, unknown>;

    const actual = evaluate(code, scope);

    expectAlike(actual, evaluate(expected, scope));
  });

  test('were found', () => {
    expect(examples.length).toBeGreaterThanOrEqual(38);
  });

  test('a wrong example would fail', () => {
    expect(() => expectAlike(evaluate('sum(1, 1)', { sum: (a: number, b: number) => a + b }), 3)).toThrow();
  });
});
