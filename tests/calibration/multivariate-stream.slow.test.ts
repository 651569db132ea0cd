import { expect, test } from 'vitest';
import { meanAlarms } from './sampled-streams.ts';

const STREAMS = 8;

test.each([
  ['rows drawn alike', 0],
  ['days that wander by .1 sd', 0.1],
  ['days that wander by .3 sd', 0.3],
])('in 90 days without drift the evidence of columns together, %s, raises no more alarms than the budget allows', (what, wander) => {
  const { alarms, mean } = meanAlarms(STREAMS, { text: false, wander, isLearnt: true });

  console.log(`columns, ${what}: ${alarms.toFixed(3)} alarms in 90 runs (${STREAMS} streams), mean e-value ${mean.toFixed(3)}`);
  expect(alarms).toBeLessThanOrEqual(1);
});

test('what wandering days would do without the restlessness of the reference', () => {
  const { alarms } = meanAlarms(2, { text: false, wander: 0.3, isLearnt: false });

  console.log(`days that wander by .3 sd, taken for independent rows: ${alarms.toFixed(1)} alarms in 90 runs`);
  expect(alarms).toBeGreaterThan(3);
});
