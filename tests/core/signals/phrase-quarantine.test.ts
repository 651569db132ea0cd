import { expect, test } from 'vitest';
import { QuarantineReason } from '../../../pipelines/core/schema/quarantine.ts';
import { phraseQuarantine, quarantinedRows } from '../../../pipelines/core/signals/phrase-quarantine.ts';

test('names reasons with their meaning, most rows first', () => {
  const counts = { 'past-timestamp': 1, 'duplicate-id': 1200 } as const;

  expect(phraseQuarantine(counts)).toBe(
    'duplicate-id 1,200 (the same id came before on the same day), past-timestamp 1 (dated years before all other rows, as by a clock that was reset)',
  );
  expect(quarantinedRows(counts)).toBe(1201);
  expect(phraseQuarantine({})).toBe('');
});

test.each(QuarantineReason.options)('%s has a meaning', (reason) => {
  expect(phraseQuarantine({ [reason]: 1 })).toMatch(/^[a-z-]+ 1 \(\S.+\)$/);
});
