import { describe, expect, test } from 'vitest';
import { secondEstimate } from '../../../pipelines/core/profile/second-estimate.ts';
import { answersOf, groupRows } from '../../fakes/two-groups.ts';
import { definitionWith, uniform } from '../../fakes/watched-world.ts';

const definition = definitionWith({
  columns: [
    { name: 'distance', kind: 'numeric' },
    { name: 'carrier', kind: 'categorical' },
  ],
});

function secondOf(share: number, parts: { rows?: number; reference?: number } = {}) {
  const next = uniform(3);
  const reference = groupRows({ rows: parts.reference ?? 1200, share: 0.2, name: 'a' }, next);
  const window = groupRows({ rows: parts.rows ?? 600, share, name: 'b' }, next);
  return secondEstimate({ definition, recognised: {}, reference, answers: answersOf(reference), window });
}

describe('secondEstimate', () => {
  test('changes nothing where nothing moved', () => {
    const second = secondOf(0.2);

    expect(second?.weights.isUsable).toBe(true);
    expect(second?.weights.effectiveRows).toBeGreaterThan(1000);
    const accuracy = second?.metrics.find(({ metric }) => metric === 'accuracy');
    expect(Math.abs(accuracy?.change ?? 1)).toBeLessThan(0.02);
  });

  test('expects less where rows of the weaker group have become frequent, and is the same when repeated', () => {
    const second = secondOf(0.7);

    expect(second?.metrics.find(({ metric }) => metric === 'accuracy')?.change).toBeLessThan(-0.05);
    expect(second?.metrics.find(({ metric }) => metric === 'rocAuc')?.change).toBeLessThan(-0.05);
    expect(second?.weights.effectiveRows).toBeLessThan(800);
    expect(secondOf(0.7)).toEqual(second);
  });

  test('says nothing without labels of both classes, rows, or columns to compare', () => {
    expect(secondOf(0.2, { reference: 60 })).toBeNull();
    expect(secondOf(0.2, { rows: 20 })).toBeNull();
    const next = uniform(4);
    const reference = groupRows({ rows: 400, share: 0.2, name: 'a' }, next);
    const recognised = { carrier: { as: 'identifier' as const, why: 'test' } };
    expect(secondEstimate({ definition, recognised, reference, answers: answersOf(reference), window: reference })).toBeNull();
  });

  test('of several classes it asks how often the called one was right', () => {
    const next = uniform(5);
    const [reference, window] = [0.2, 0.7].map((share, place) => {
      const rows = groupRows({ rows: 900, share, name: `c${place}` }, next);
      // Class 1 is called throughout; the label is 1 where the call was right, else 0.
      return { ...rows, predicted: rows.scores.map(() => 1) };
    });
    const several = { ...definition, task: 'multiclass' as const };
    if (reference === undefined || window === undefined) throw new RangeError('two tables');

    const second = secondEstimate({ definition: several, recognised: {}, reference, answers: answersOf(reference), window });

    expect(second?.metrics.map(({ metric }) => metric).sort()).toEqual(['accuracy', 'brier']);
    expect(second?.metrics.find(({ metric }) => metric === 'brier')?.change).toBeGreaterThan(0.01);
  });
});
