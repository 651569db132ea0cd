import { expect, test } from 'vitest';
import { emptyCube } from '../../pipelines/core/profile/label-cube.ts';
import { labelShelf } from '../../pipelines/stages/label-shelf.ts';

const WINDOW = { start: '2001-02-01T00:00:00Z', end: '2001-02-02T00:00:00Z' };
const NEXT = { start: '2001-02-02T00:00:00Z', end: '2001-02-03T00:00:00Z' };

test('on the day of a promotion no label row that was set aside is lost with the version before', () => {
  const before = { ...emptyCube(WINDOW, 'v1'), quarantined: { 'bad-label': 2, 'label-without-prediction': 1 } as const };
  const shelf = labelShelf([before, emptyCube(WINDOW, 'v2'), { ...emptyCube(NEXT, 'v2'), quarantined: { 'bad-label': 4 } }], 'v2');

  expect(shelf.quarantined(WINDOW)).toEqual({ 'bad-label': 2, 'label-without-prediction': 1 });
  expect(shelf.quarantined(NEXT)).toEqual({ 'bad-label': 4 });
  expect(shelf.merged(WINDOW)?.quarantined).toEqual({});
});
