import { describe, expect, test } from 'vitest';
import { Signal } from '../../../pipelines/core/schema/signal.ts';
import { partTable } from '../../../pipelines/core/views/drift-details.ts';
import { sampledDefinition, sampledRows, sampledSignals, statementOf } from '../../fakes/sampled-world.ts';

const reference = sampledRows({ rows: 2500, seed: 1, day: -14, days: 14 });
const day = (word: string, named: number) => sampledRows({ rows: 800, seed: 2, word, named });
const words = (window: ReturnType<typeof day>, text: 'public' | 'personal' = 'public') =>
  sampledSignals(sampledDefinition(text), { reference, window });

describe('the words of a text column', () => {
  test('a new name that many ids use bursts, is named, and alerts', () => {
    const found = statementOf(words(day('zaranova', 240)), 'vocabulary', 'request');

    expect(Signal.parse(found)).toMatchObject({ status: 'alert', sampleSize: 250 });
    expect(found.value).toBeGreaterThan((found.reference ?? 1) + 0.02);
    expect(found.parts?.[0]).toMatchObject({ name: 'zaranova', current: 240, reference: 0 });
    expect(found.why).toMatch(/1 word bursts in 800 rows: "zaranova" \(240\)\.$/);
    expect(partTable(found)?.rows[0]?.slice(0, 3)).toEqual(['zaranova', '240', '0']);
  });

  test('an ordinary day is ok in words, wording and scripts', () => {
    const signals = words(day('', 0));

    expect(statementOf(signals, 'vocabulary', 'request')).toMatchObject({ status: 'ok', parts: [] });
    expect(statementOf(signals, 'multivariate-drift', 'request')).toMatchObject({ status: 'ok', reference: 0.5 });
    expect(statementOf(signals, 'vocabulary', 'request script')).toMatchObject({ status: 'ok', value: 0 });
  });

  test('a word of three ids is told nowhere', () => {
    const signals = words(day('janedoe', 3));

    expect(JSON.stringify(signals)).not.toContain('janedoe');
  });

  test('how few ids of the reference use a word is not told', () => {
    const rare = {
      ...reference,
      texts: Object.fromEntries(
        Object.entries(reference.texts).map(([name, texts]) => [name, texts.map((text, row) => (row < 7 ? 'zaranova' : text))]),
      ),
    };

    const found = statementOf(
      sampledSignals(sampledDefinition('public'), { reference: rare, window: day('zaranova', 240) }),
      'vocabulary',
      'request',
    );

    expect(found.parts?.[0]).toMatchObject({ name: 'zaranova', current: 240, reference: null });
    expect(partTable(found)?.rows[0]?.slice(0, 3)).toEqual(['zaranova', '240', 'few']);
  });

  test('no word of a personal column is ever told, however many ids use it', () => {
    const signals = words(day('janedoe', 400), 'personal');

    expect(JSON.stringify(signals)).not.toContain('janedoe');
    expect(statementOf(signals, 'vocabulary', 'request').why).toMatch(/personal: its words are never shown/);
    expect(statementOf(signals, 'vocabulary', 'request').status).toBe('alert');
  });

  test('too few texts are not judged', () => {
    const few = sampledRows({ rows: 100, seed: 3 });

    expect(statementOf(words(few), 'vocabulary', 'request')).toMatchObject({ status: 'insufficient-data', value: null });
  });
});
