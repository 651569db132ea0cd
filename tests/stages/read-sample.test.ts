import { expect, test } from 'vitest';
import { addSeconds } from '../../pipelines/core/schema/instant.ts';
import type { ReferenceProfile } from '../../pipelines/core/schema/reference-profile.ts';
import { sampleReader } from '../../pipelines/stages/read-sample.ts';
import { loansOf } from '../fakes/memory-log.ts';
import { loanDefinition } from '../fakes/policy-world.ts';
import { RecordingLog } from '../fakes/recording-log.ts';

const RANGE = { start: '2001-01-20T00:00:00Z', end: '2001-01-22T00:00:00Z' };
const WINDOWS = [RANGE.end, addSeconds(RANGE.end, 86_400)].map((start) => ({ start, end: addSeconds(start, 86_400) }));
const ASOF = '2001-01-25T00:00:00Z';

function loanLog(): RecordingLog {
  const log = new RecordingLog();
  for (const { start } of [{ start: RANGE.start }, ...WINDOWS]) log.add(loansOf(start, { rows: 30, skill: 0.8 }));
  return log;
}

const reference = { range: RANGE } as ReferenceProfile;

test('the reference is read once a run, each window when it is asked for, at most sampleRows of them, with or without labels', async () => {
  const log = loanLog();
  const definition = loanDefinition({ monitoring: { multivariate: { enabled: true }, sampleRows: 20 } });
  const sampleOf = sampleReader({ definition, reference, log, asOf: ASOF });

  const samples = [];
  for (const window of WINDOWS) samples.push(await sampleOf(window));

  expect(log.requests.map(({ range }) => range)).toEqual([RANGE, ...WINDOWS]);
  expect(log.requests.every(({ limit, labelledOnly, asOf }) => limit === 20 && !labelledOnly && asOf === ASOF)).toBe(true);
  expect(samples.map((sample) => sample?.window.ids.length)).toEqual([20, 20]);
  expect(samples[1]?.reference).toBe(samples[0]?.reference);
});

test('no row is read when no signal wants one', async () => {
  const log = loanLog();
  const definition = loanDefinition({ monitoring: { multivariate: { enabled: false } } });

  const sample = await sampleReader({ definition, reference, log, asOf: ASOF })(RANGE);

  expect(sample).toBeNull();
  expect(log.requests).toEqual([]);
});
