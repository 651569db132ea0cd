import { expect, test } from 'vitest';
import type { Signal } from '../../../pipelines/core/schema/signal.ts';
import { volumeView } from '../../../pipelines/core/views/volume-view.ts';
import { parcel } from './view-sources.ts';

test('the worst statement about volume speaks for a window: days without rows show where the rows in all are in order', () => {
  const { state } = parcel;
  const known = state?.windows.flatMap(({ signals }) => signals).at(0);
  if (state === null || known === undefined) throw new Error('the fixture has no signals');
  const volume = (subject: string, status: Signal['status']): Signal => ({
    ...known,
    kind: 'volume',
    subject,
    status,
    why: `${subject} is ${status}`,
  });
  const signals = [volume('prediction-log', 'ok'), volume('days', 'alert'), volume('hours-of-day', 'warning')];
  const windows = state.windows.map((window, index) => ({ ...window, signals: index === 0 ? [] : signals }));

  const view = volumeView({ ...parcel, state: { ...state, windows } });

  expect(view.why).toBe('days is alert');
  expect([view.points[0]?.status, view.latest?.status]).toEqual(['insufficient-data', 'alert']);
});
