import { expect, test } from 'vitest';
import { requireScore } from '../../pipelines/stages/require-score.ts';
import { loanDefinition } from '../fakes/policy-world.ts';

test('only a model whose log names a score can be watched', () => {
  const scored = loanDefinition({});
  const { score: _, ...columns } = scored.logs.columns;

  expect(() => requireScore(scored)).not.toThrow();
  expect(() => requireScore({ ...scored, logs: { ...scored.logs, columns } })).toThrow(/names no score column/);
});
