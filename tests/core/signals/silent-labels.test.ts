import { describe, expect, test } from 'vitest';
import type { ReferenceProfile } from '../../../pipelines/core/schema/reference-profile.ts';
import type { LabelSilence } from '../../../pipelines/core/signals/signal-of.ts';
import { silentLabels } from '../../../pipelines/core/signals/silent-labels.ts';
import { definitionWith, ordinaryDay, ordinaryReference } from '../../fakes/watched-world.ts';

const definition = definitionWith();
const ordinary = ordinaryReference(definition);
const SINCE = '2001-01-13T00:00:00Z';

/** A reference in which nine rows of ten have a label, and windows with so many labels each. */
function referenceOf(labelled: readonly number[]): ReferenceProfile {
  const windows = ordinary.rowsByWindow.slice(0, labelled.length).map(([start], index): [string, number, null] => {
    return [start, labelled[index] ?? 0, null];
  });
  const labels = { ...ordinary.labels, labelled: 0.9 * ordinary.profile.rows };
  return { ...ordinary, labels, figures: { metric: 'rocAuc', windows } };
}

function judge(silence: LabelSilence | null, reference = referenceOf([100, 100, 100])) {
  const maturity = { share: 1, excessPositives: null };
  const realised = { figures: [], waiting: 0, newest: maturity, pooled: maturity, silence };
  return silentLabels({ definition, reference, profile: ordinaryDay({ rows: 1000, seed: 1 }), trailingCubes: [], cycle: [], realised })[0];
}

describe('silentLabels', () => {
  test('rows whose labels are all missing, though they are due, are an alert that says since when and whom to ask', () => {
    const signal = judge({ windows: 2, rows: 400, due: 380, since: SINCE });

    expect(signal).toMatchObject({ kind: 'freshness', subject: 'labels', status: 'alert', sampleSize: 400 });
    expect(signal?.value).toBeCloseTo(342, 9);
    expect(signal?.why).toBe(
      'None of the 400 rows of the newest 2 mature windows has a label, where about 342 were to be expected by now: labels stop at 2001-01-13T00:00:00Z. Ask whoever writes the labels.',
    );
  });

  test('labels in the newest mature window end it', () => {
    expect(judge({ windows: 0, rows: 0, due: 0, since: SINCE })).toMatchObject({ status: 'ok', value: 0 });
  });

  test('few rows are waited for, and so are labels that come once in three windows', () => {
    expect(judge({ windows: 3, rows: 50, due: 50, since: SINCE })?.status).toBe('ok');

    const monthly = referenceOf([300, 0, 0, 300, 0, 0]);
    expect(judge({ windows: 2, rows: 400, due: 400, since: SINCE }, monthly)?.status).toBe('ok');
    expect(judge({ windows: 3, rows: 600, due: 600, since: SINCE }, monthly)?.status).toBe('alert');
  });

  test('no mature window, or a reference without labels, is unknown and never ok', () => {
    expect(judge(null)?.status).toBe('insufficient-data');

    const bare = { ...ordinary, labels: { ...ordinary.labels, labelled: 0 } };
    expect(judge({ windows: 2, rows: 400, due: 400, since: SINCE }, bare)?.status).toBe('insufficient-data');
  });

  test('nothing is said where nobody looked at the history of labels', () => {
    const evidence = { definition, reference: ordinary, profile: ordinaryDay({ rows: 1000, seed: 1 }), trailingCubes: [], cycle: [] };

    expect(silentLabels(evidence)).toEqual([]);
  });
});
