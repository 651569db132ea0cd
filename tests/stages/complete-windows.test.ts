import { describe, expect, test } from 'vitest';
import { completeWindows } from '../../pipelines/stages/complete-windows.ts';
import { loanDefinition } from '../fakes/policy-world.ts';

const EARLIEST = '2001-02-01T00:00:00Z';

function starts(watermark: string, asOf: string, definition = loanDefinition()): string[] {
  return completeWindows({ definition, from: EARLIEST, coverage: { earliest: EARLIEST, watermark }, asOf }).map(({ start }) =>
    start.slice(0, 10),
  );
}

describe('completeWindows', () => {
  test('a window is complete when the watermark has passed its end', () => {
    expect(starts('2001-02-03T00:00:00Z', '2001-02-03T00:00:01Z')).toEqual(['2001-02-01', '2001-02-02']);
  });

  test('the window in which the log stands is complete once the clock has passed its end', () => {
    expect(starts('2001-02-02T23:58:00Z', '2001-02-02T23:59:00Z')).toEqual(['2001-02-01']);
    expect(starts('2001-02-02T23:58:00Z', '2001-02-03T00:00:00Z')).toEqual(['2001-02-01', '2001-02-02']);
  });

  test('with a declared lateness the clock has to pass the end by as much', () => {
    const { logs } = loanDefinition();
    const late = loanDefinition({ logs: { ...logs, lateness: 'PT6H' } });

    expect(starts('2001-02-02T20:00:00Z', '2001-02-03T05:59:59Z', late)).toEqual(['2001-02-01']);
    expect(starts('2001-02-02T20:00:00Z', '2001-02-03T06:00:00Z', late)).toEqual(['2001-02-01', '2001-02-02']);
  });

  test('a log that stopped is not reported window after window: what may still arrive is waited for', () => {
    expect(starts('2001-02-02T10:00:00Z', '2001-03-01T00:00:00Z')).toEqual(['2001-02-01', '2001-02-02']);
  });

  test('an empty log has no window', () => {
    expect(completeWindows({ definition: loanDefinition(), from: EARLIEST, coverage: null, asOf: '2001-03-01T00:00:00Z' })).toEqual([]);
  });
});
