import { expect, test } from 'vitest';
import { foreignTimes } from '../../../pipelines/core/profile/foreign-times.ts';

const DAYS = Array.from({ length: 60 }, (_, index) => [1 + (index % 28), 1 + (index % 12)] as const);
const written = (text: (day: string, month: string) => string) =>
  DAYS.map(([day, month]) => text(String(day).padStart(2, '0'), String(month).padStart(2, '0')));

test.each([
  ['the day comes first (the first number goes up to 28)', "'%d/%m/%Y'", written((day, month) => `${day}/${month}/2001`)],
  [
    'the month comes first (the second number goes up to 28)',
    "'%m/%d/%Y %H:%M:%S'",
    written((day, month) => `${month}/${day}/2001 14:30:00`),
  ],
  ['the month comes first', "'%m/%d/%y %I:%M %p'", written((day, month) => `${month}/${day}/01 2:30 PM`)],
  ['the day comes first', "'%d.%m.%Y %H:%M'", written((day, month) => `${day}.${month}.2001 4:30`)],
  ['the month is a name', "'%d-%b-%Y'", written((day) => `${day}-Mar-2001`)],
  ['year, month and day without a stroke between them', "'%Y%m%d'", written((day, month) => `2001${month}${day}`)],
  ['year, month and day without a stroke between them', "'%Y%m%d%H%M%S'", written((day, month) => `2001${month}${day}143000`)],
])('%s: %s', (seen, format, texts) => {
  const found = foreignTimes('ts', texts);

  expect(found?.seen).toContain(`${JSON.stringify(texts[0])} and the like: ${seen}`);
  expect(found?.remedy).toContain(`strptime("ts", ${format}) of DuckDB`);
});

test('where no day is above 12, both readings are given and neither is taken', () => {
  const found = foreignTimes(
    'day',
    DAYS.map(([day, month]) => `${((day - 1) % 12) + 1}/${month}/2001`),
  );

  expect(found?.seen).toContain('no value tells whether the day or the month comes first (both numbers stay within 12)');
  expect(found?.remedy).toMatch(/^ask who writes day which it is.*'%d\/%m\/%Y'.*'%m\/%d\/%Y' where the month does$/);
});

test('two orders in one column are named as such', () => {
  expect(foreignTimes('ts', ['25/12/2001', '12/25/2001'])?.seen).toContain('now the day comes first, now the month');
});

test.each([[[]], [['basic', 'full']], [['1.5', '2.5']], [['2001-03-05']], [['10.0.0.1']], [['12345678', '99999999']]])(
  '%j are no dates',
  (texts) => {
    expect(foreignTimes('ts', texts)).toBeNull();
  },
);
