import { expect } from 'vitest';

/** Asserts equality up to a relative error (absolute where the expected figure is 0). */
export function expectClose(actual: number | null | undefined, expected: number, relative = 1e-6): void {
  expect(typeof actual === 'number' && Number.isFinite(actual), `a finite number, got ${actual}`).toBe(true);
  const error = Math.abs((actual ?? Number.NaN) - expected);
  const allowed = relative * (expected === 0 ? 1 : Math.abs(expected));
  expect(error, `${actual} is not within ${relative} of ${expected}`).toBeLessThanOrEqual(allowed);
}
