import { expect, test } from 'vitest';
import { placeInWeek } from '../../../pipelines/core/schema/place-in-week.ts';
import { calendarCycle } from '../../../pipelines/core/signals/calendar-cycle.ts';
import { definitionWith } from '../../fakes/watched-world.ts';

const DAY = 86_400;

test.each([
  ['PT1H', 7],
  ['PT6H', 7],
  ['P1D', 7],
  ['P2D', 14],
  ['P3D', 21],
  ['PT36H', 21],
])('windows of %s: %i days are whole weeks and whole windows', (window, days) => {
  expect(calendarCycle(definitionWith({ monitoring: { window } }))).toBe(days * DAY);
});

test('nothing is pooled for windows of a week or longer, nor without a calendar column', () => {
  expect(calendarCycle(definitionWith({ monitoring: { window: 'P1W' } }))).toBeNull();
  expect(calendarCycle(definitionWith({ monitoring: { window: 'P10D' } }))).toBeNull();
  expect(calendarCycle(definitionWith({ columns: [{ name: 'size', kind: 'numeric' }] }))).toBeNull();
  expect(calendarCycle(definitionWith({ columns: [{ name: 'hour', kind: 'numeric', calendar: true, role: 'ignored' }] }))).toBeNull();
});

test('windows of the same weekday and hour share a place, before 1970 too', () => {
  const place = placeInWeek({ start: '2001-01-15T06:00:00Z' });

  expect(placeInWeek({ start: '2001-03-26T06:00:00Z' })).toBe(place);
  expect(placeInWeek({ start: '1969-12-29T06:00:00Z' })).toBe(place);
  expect(placeInWeek({ start: '2001-01-16T06:00:00Z' })).toBe((place + DAY) % (7 * DAY));
});
