import { describe, expect, it } from 'vitest';
import { demoOptions } from '../../../bot/demo/demo-options.ts';

describe('the options of npm start', () => {
  it('samples by default, serves, and merges by script', () => {
    expect(demoOptions([])).toEqual({
      model: 'flight-delay',
      exit: false,
      wait: false,
      share: 0.1,
      weeks: 26,
      folder: '.holdfast/run',
      port: 0,
    });
  });

  it('replays everything with --full and ends with --exit', () => {
    expect(demoOptions(['--full', '--exit'])).toMatchObject({ share: 1, exit: true });
  });

  it('gives help', () => {
    expect(demoOptions(['--help'])).toBeNull();
  });

  it.each([[['--share', '0']], [['--share', 'half']], [['--weeks', '5']], [['--ful']]])('refuses %j and says what to do', (args) => {
    expect(() => demoOptions(args)).toThrow(expect.objectContaining({ code: 'BAD_ARGUMENTS', hint: expect.stringContaining('--help') }));
  });
});
