import { describe, expect, test } from 'vitest';
import { restlessRows } from '../../../pipelines/core/profile/restless-rows.ts';
import { addSeconds } from '../../../pipelines/core/schema/instant.ts';
import { Signal } from '../../../pipelines/core/schema/signal.ts';
import { windowsBetween } from '../../../pipelines/core/schema/window.ts';
import { sampledDefinition, sampledRows, sampledSignals, statementOf } from '../../fakes/sampled-world.ts';
import { MONDAY } from '../../fakes/watched-world.ts';

const DAY = 86_400;
const reference = sampledRows({ rows: 3000, seed: 1, day: -14, days: 14 });
const definition = sampledDefinition();
const joint = (window: ReturnType<typeof sampledRows>) => sampledSignals(definition, { reference, window });

describe('all columns together', () => {
  test('a correlation that turns, with every column as it was: only this statement sees it, and names the two columns', () => {
    const signals = joint(sampledRows({ rows: 1000, seed: 2, correlation: -0.8 }));

    const together = statementOf(signals, 'multivariate-drift', 'all columns');
    expect(Signal.parse(together)).toMatchObject({ status: 'alert', sampleSize: 300, reference: 0.5 });
    expect(together.value).toBeGreaterThan(0.7);
    expect(
      together.parts
        ?.slice(0, 2)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['size', 'weight']);
    expect(together.why).toMatch(/by (size|weight) .* evidence .* of 90: one such alarm in 90 windows without drift\.$/);
    expect(signals.filter(({ kind, status }) => kind === 'data-drift' && status === 'alert')).toEqual([]);
  });

  test('a day like all others is ok', () => {
    const together = statementOf(joint(sampledRows({ rows: 1000, seed: 3 })), 'multivariate-drift', 'all columns');

    expect(together).toMatchObject({ status: 'ok' });
    expect(together.why).toMatch(/no more than chance gives/);
  });

  test.each([
    ['a window of too few rows', sampledRows({ rows: 150, seed: 2, correlation: -0.8 }), reference, /judged together from 200 on/],
    ['a log that lost the reference', sampledRows({ rows: 500, seed: 2 }), sampledRows({ rows: 100, seed: 4 }), /100 rows of the range/],
  ])('%s is not judged', (_, window, before, why) => {
    const together = statementOf(sampledSignals(definition, { reference: before, window }), 'multivariate-drift', 'all columns');

    expect(together).toMatchObject({ status: 'insufficient-data', value: null });
    expect(together.why).toMatch(why);
  });

  test('nothing is said of a single column, nor without a sample', () => {
    const calendar = sampledDefinition(false, {
      columns: [
        { name: 'size', kind: 'numeric' },
        { name: 'place', kind: 'categorical', calendar: true },
      ],
    });
    const window = sampledRows({ rows: 500, seed: 2 });

    expect(sampledSignals(calendar, { reference, window }).some(({ kind }) => kind === 'multivariate-drift')).toBe(false);
  });

  test('a recognised column is left out of the classifier', () => {
    const recognised = { weight: { as: 'sequence' as const, why: 'It moves on.' } };

    const signals = sampledSignals(
      definition,
      { reference, window: sampledRows({ rows: 1000, seed: 2, correlation: -0.8 }) },
      { recognised },
    );

    expect(statementOf(signals, 'multivariate-drift', 'all columns').status).toBe('ok');
  });
});

describe('windows that are restless', () => {
  const windows = windowsBetween({ start: addSeconds(MONDAY, -14 * DAY), end: MONDAY }, DAY);
  const kept = (wander: number) => {
    const rows = sampledRows({ rows: 2800, seed: 7, day: -14, days: 14, wander });
    return { rows, restless: restlessRows(definition, { rows, windows, recognised: {} }) };
  };
  const [calm, wandering] = [kept(0), kept(0.6)];

  test('are measured when the reference is made: about 1 for days drawn alike, far more for days that wander', () => {
    expect(calm.restless).toMatchObject({ windows: 14 });
    expect(calm.restless?.together).toBeLessThan(3);
    expect(wandering.restless?.together).toBeGreaterThan(10);
    expect(calm.restless?.errors).toHaveLength(14);
  });

  test('one more such day is then no alarm, where rows taken for independent would give one', () => {
    const { rows, restless } = wandering;
    const window = sampledRows({ rows: 1000, seed: 10, wander: 0.6 });
    const judged = (parts: object) =>
      statementOf(sampledSignals(definition, { reference: rows, window }, parts), 'multivariate-drift', 'all columns');

    expect(judged({}).pValue).toBeLessThan(1e-4);
    const weighed = judged({ restless: restless ?? undefined });
    expect(weighed.pValue).toBeGreaterThan(0.01);
    expect(weighed.why).toMatch(/windows of the reference differ from the rest of it as much\.$/);
  });

  test('the reconstruction error is reported against the next window expected, and never alerts', () => {
    const { rows, restless } = calm;
    const relations = (correlation: number) =>
      statementOf(
        sampledSignals(
          definition,
          { reference: rows, window: sampledRows({ rows: 1000, seed: 9, correlation }) },
          { restless: restless ?? undefined },
        ),
        'multivariate-drift',
        'relations',
      );

    expect(relations(0.8).why).toMatch(/as usual/);
    expect(relations(-0.8)).toMatchObject({ status: 'ok' });
    expect(relations(-0.8).why).toMatch(/otherwise than in the reference/);
  });
});
