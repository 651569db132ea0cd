import { expect, test } from 'vitest';
import { specifyInitialTraining } from '../../pipelines/core/registry/specify-training.ts';
import { addSeconds } from '../../pipelines/core/schema/instant.ts';
import { trainChallengers } from '../../pipelines/stages/train-challengers.ts';
import { loansOf, MemoryLog } from '../fakes/memory-log.ts';
import { loanDefinition } from '../fakes/policy-world.ts';

const DAY = 86_400;
const START = '2001-01-20T00:00:00Z';
const MIDDLE = addSeconds(START, DAY);

async function notesOf(labelAfter: number): Promise<string[]> {
  const definition = loanDefinition();
  const log = new MemoryLog();
  for (const start of [START, MIDDLE]) log.add(loansOf(start, { rows: 100, skill: 0.8, labelAfter }));
  const range = { start: START, end: MIDDLE };
  const heldOut = { start: MIDDLE, end: addSeconds(MIDDLE, DAY) };
  const spec = specifyInitialTraining({ definition, version: 'v1', decision: 'test', asOf: addSeconds(MIDDLE, 3 * DAY), range, heldOut });
  const grids = await log.learnGrids(range, spec.asOf);
  const notes: string[] = [];
  const refuse = async () => {
    throw new RangeError('refused');
  };
  const training = trainChallengers({ definition, spec, log, runtime: { train: refuse }, grids, note: (line) => notes.push(line) });
  await expect(training).rejects.toThrow('refused');
  return notes;
}

test('says on how many rows a challenger is trained, and where no row has a label', async () => {
  const [labelled] = await notesOf(DAY);
  const [unlabelled] = await notesOf(1000 * DAY);

  expect(labelled).toMatch(/: training on 100 labelled rows, \d+ positive, 2001-01-20T00:00:00Z to 2001-01-21T00:00:00Z$/);
  expect(unlabelled).toMatch(/: no row with a label to train on, 2001-01-20T00:00:00Z to 2001-01-21T00:00:00Z$/);
});
