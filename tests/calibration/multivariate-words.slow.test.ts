import { expect, test } from 'vitest';
import { meanAlarms } from './sampled-streams.ts';

const STREAMS = 3;

test('in 90 days without drift the evidence of words raises no more alarms than the budget allows', () => {
  const { alarms, mean } = meanAlarms(STREAMS, { text: true, wander: 0, isLearnt: true });

  console.log(`words, rows drawn alike: ${alarms.toFixed(3)} alarms in 90 runs (${STREAMS} streams), mean e-value ${mean.toFixed(3)}`);
  expect(alarms).toBeLessThanOrEqual(1);
});
