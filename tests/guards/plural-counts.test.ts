import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { sourceFiles } from './read-imports.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
// What statistics throw is read by programmers.
const FILES = sourceFiles(ROOT, ['pipelines', 'bot', 'dashboard']).filter((file) => !file.startsWith('pipelines/core/statistics/'));
/** A count written straight before a plural noun: of one it reads "1 rows". `phraseQuantity` and `rowsText` agree with their count. */
const COUNT = /\$\{([^{}]*)\} (?:rows|values|windows|labels|lines|files|days|columns|events|incidents|decisions)\b/g;
/** Limits that nobody sets to one, and counts that are asked about before they are written. */
const NEVER_ONE =
  /^(limit|figure\(count\)|(phraseCount|figure)?\(?(spec\.training\.maximumRows|minimumRows|minimumCount|falseAlarmBudget|budget|hidden|family\.tests|tested|windows|compared|files|usualRows|referenceRows|performanceWindows|windows\.length)\)?|count\(usualRows\)|monitoring\.performanceWindows|drift\.windowsPerSpan|distinct\.length|phraseNumber\(breakEvenDays, 1\)|rows|count|entries)$/;

function badCounts(text: string): string[] {
  return [...text.matchAll(COUNT)].map(([, expression = '']) => expression).filter((expression) => !NEVER_ONE.test(expression));
}

describe('counts in texts', () => {
  it('agree with their noun, in every file', () => {
    const found = FILES.flatMap((file) => badCounts(readFileSync(join(ROOT, file), 'utf8')).map((expression) => `${file}: ${expression}`));

    expect(FILES.length).toBeGreaterThan(500);
    expect(found).toEqual([]);
  });

  it('are seen where they do not', () => {
    const written = (...expressions: readonly string[]) => badCounts(expressions.map((expression) => `$${'{'}${expression}`).join(' and '));

    expect(written('unseen.length} values of', 'phraseCount(curve.labels)} labels')).toEqual([
      'unseen.length',
      'phraseCount(curve.labels)',
    ]);
    expect(written("phraseQuantity(rows, 'row')} or", 'figure(minimumRows)} rows or more')).toEqual([]);
  });
});
