import { describe, expect, test } from 'vitest';
import type { RetrainingRequest } from '../../../bot/markdown/retraining-pull-request/retraining-text-facts.ts';
import { retrainingTitle } from '../../../bot/markdown/retraining-pull-request/title.ts';
import { whyRetrain } from '../../../bot/markdown/retraining-pull-request/why.ts';
import { digestText } from '../../../pipelines/core/digest/sha256.ts';
import { specifyRecalibration } from '../../../pipelines/core/registry/specify-training.ts';
import { TrainingSpec } from '../../../pipelines/core/schema/training-spec.ts';
import { phraseDecision } from '../../../pipelines/stages/phrase-decision.ts';
import { loanDefinition } from '../../fakes/policy-world.ts';
import { day } from '../../fakes/version-world.ts';

const definition = loanDefinition({ training: { heldOutRange: 'P7D', recentRange: 'P14D' } });
const manifest = { schemaVersion: 1 as const, model: definition.name, version: 'v1', parent: null, createdAt: day(29), files: {} };
const champion = { ...manifest, trainedUntil: day(40), artifactDigest: digestText('v1') };
const asked = { definition, champion, version: 'v2', decision: 'd2', asOf: day(57), historyStart: day(0), labelledUntil: day(56) };

function requestOf(spec: TrainingSpec): RetrainingRequest {
  const lists = { because: [], incidents: [], alternatives: [] };
  return { kind: 'request-retraining', id: 'd2', model: definition.name, at: day(57), spec, ...lists };
}

describe('the pull request of a recalibration', () => {
  const spec = TrainingSpec.parse(specifyRecalibration(asked));
  const request = requestOf(spec);

  test('is called what it is', () => {
    expect(retrainingTitle({ request })).toBe('Recalibrate loan: v1 → v2');
    expect(phraseDecision(request)).toEqual(['recalibration requested: v2']);
  });

  test('says that nothing is trained, what the curve is fitted on and what judges it', () => {
    const text = whyRetrain({ request });

    expect(text).toContain('v2 keeps the weights of v1, byte for byte, and puts a curve over its scores');
    expect(text).not.toContain('Newer rows hold what changed');
  });

  test('rows that the champion learnt from are left out of the fit', () => {
    expect(spec.challengers).toEqual([{ name: 'recalibrated', range: { start: day(40), end: day(49) } }]);
    expect(spec.recalibrate).toEqual({ artifact: champion.artifactDigest, historyStart: day(0) });
  });

  test('without a row that the champion did not learn from there is no spec', () => {
    const late = { ...champion, trainedUntil: day(50) };

    expect(() => specifyRecalibration({ ...asked, champion: late })).toThrow('there is no row that v1 was not trained on');
  });
});
