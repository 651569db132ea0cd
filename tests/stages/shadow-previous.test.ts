import { describe, expect, test } from 'vitest';
import { decide } from '../../pipelines/core/decisions/decide.ts';
import { UserError } from '../../pipelines/core/errors/user-error.ts';
import { addSeconds } from '../../pipelines/core/schema/instant.ts';
import { MonitoringReport } from '../../pipelines/core/schema/monitoring-report.ts';
import type { LoadShadow } from '../../pipelines/stages/load-shadow.ts';
import { versionOf } from '../fakes/policy-world.ts';
import { PromotedWorld } from '../fakes/promoted-world.ts';

const DAY = 86_400;
/** v2 ranks badly; income still tells what it told v1. */
const BAD_VERSION = { skill: 0.2 };
/** v2 ranks badly; what v1 learnt of incomes is upside down. */
const HARD_DAY = { skill: 0.2, flipped: true };

/** Reads of labelled rows: the comparison needs them, and nothing else in a run does. */
function labelledRequests({ log }: PromotedWorld) {
  return log.requests.filter(({ labelledOnly }) => labelledOnly);
}

async function decisionsOf(world: PromotedWorld, daysLater: number, shadow?: LoadShadow) {
  const { report, reference } = await world.watch(daysLater, shadow);
  return decide({
    definition: world.definition,
    state: world.state(),
    report,
    deployment: { schemaVersion: 1, model: 'loan', production: 'v2', fallback: 'v1' },
    reference,
    championVersion: versionOf('v2'),
    nextVersion: 'v3',
    historyStart: '2001-01-01T00:00:00Z',
    labelledUntil: report.watermark,
  });
}

describe('the previous version in the shadow', () => {
  test('is scored in the run in which the verification falls due, on the rows of the labelled windows', async () => {
    const world = new PromotedWorld().live({}, {}, {}, {}, {});

    const { report } = await world.watch(5, world.loadV1);

    const since = report.sincePromotion;
    expect(MonitoringReport.parse(report)).toEqual(report);
    expect(since).toMatchObject({ labelledWindows: 4, comparison: { version: 'v1', why: null } });
    expect(since?.comparison?.estimate).toMatchObject({ metric: 'rocAuc', sampleSize: 1600 });
    expect(labelledRequests(world)).toEqual([
      {
        range: { start: world.promotedAt, end: addSeconds(world.promotedAt, 4 * DAY) },
        asOf: addSeconds(world.promotedAt, 5 * DAY),
        limit: world.definition.monitoring.sampleRows,
        labelledOnly: true,
      },
    ]);
    expect(world.loaded).toEqual(['v1']);
  });

  test('champion less improvement is the previous version, both measured on these rows', async () => {
    const world = new PromotedWorld().live({}, {}, {}, {});

    const { report } = await world.watch(4, world.loadV1);

    const own = report.sincePromotion?.metrics.find(({ metric }) => metric === 'rocAuc')?.value ?? Number.NaN;
    const { estimate, improvement } = report.sincePromotion?.comparison ?? {};
    expect(estimate?.value).toBeGreaterThan(0.6);
    // The champion's pooled figure comes from 4,096 score cells, the paired one is exact.
    expect(own - (improvement ?? Number.NaN)).toBeCloseTo(estimate?.value ?? Number.NaN, 3);
  });

  test('costs an ordinary run nothing: neither labelled rows nor bytes are read before', async () => {
    const tooSoon = new PromotedWorld().live({}, {}, {});
    const tooFew = new PromotedWorld({ monitoring: { minimumLabels: 2000 } }).live({}, {}, {}, {});

    const soon = await tooSoon.watch(3, tooSoon.loadV1);
    const few = await tooFew.watch(4, tooFew.loadV1);

    expect(soon.report.sincePromotion).toMatchObject({ labelledWindows: 2 });
    expect(few.report.sincePromotion).toMatchObject({ labelledWindows: 3 });
    expect([soon, few].map(({ report }) => report.sincePromotion?.comparison)).toEqual([undefined, undefined]);
    expect([...labelledRequests(tooSoon), ...labelledRequests(tooFew), ...tooSoon.loaded, ...tooFew.loaded]).toEqual([]);
  });

  test('a version that ranks worse than the one before it on the same rows is rolled back', async () => {
    const world = new PromotedWorld().live(BAD_VERSION, BAD_VERSION, BAD_VERSION, BAD_VERSION);

    const decisions = await decisionsOf(world, 4, world.loadV1);

    const verified = decisions.find(({ kind }) => kind === 'verify-promotion');
    expect(verified).toMatchObject({ outcome: 'broken', comparison: { version: 'v1' } });
    expect(decisions).toContainEqual(expect.objectContaining({ kind: 'propose-rollback', version: 'v2', to: 'v1' }));
  });

  test('hard days for both are no reason to go back, and the decision says so', async () => {
    const world = new PromotedWorld().live(HARD_DAY, HARD_DAY, HARD_DAY, HARD_DAY);

    const decisions = await decisionsOf(world, 4, world.loadV1);

    const verified = decisions.find(({ kind }) => kind === 'verify-promotion');
    expect(verified).toMatchObject({ outcome: 'broken' });
    expect(verified?.because.map(({ text }) => text).join('\n')).toMatch(
      /Harder weeks for every model: v1 has AUC 0\.\d{3} on the same rows/,
    );
    expect(decisions.map(({ kind }) => kind)).not.toContain('propose-rollback');
  });

  test('without a shadow nothing is rolled back, and the decision says so', async () => {
    const world = new PromotedWorld().live(BAD_VERSION, BAD_VERSION, BAD_VERSION, BAD_VERSION);

    const decisions = await decisionsOf(world, 4);

    const verified = decisions.find(({ kind }) => kind === 'verify-promotion');
    expect(verified).toMatchObject({ outcome: 'broken' });
    expect(verified?.because.map(({ text }) => text)).toContain('No rollback is proposed: nobody scored these rows with v1');
    expect(decisions.map(({ kind }) => kind)).not.toContain('propose-rollback');
  });

  test('rows that another version scored are left out, and too few rows are said', async () => {
    const mixed = new PromotedWorld().live({}, {}, {}, {});
    mixed.live({ version: 'v1', rows: 500 });
    const rare = new PromotedWorld({ monitoring: { sampleRows: 300, minimumLabels: 301 } }).live({}, {}, {}, {});

    const [left, few] = [await mixed.watch(4, mixed.loadV1), await rare.watch(4, rare.loadV1)];

    expect(left.report.sincePromotion?.comparison?.estimate.sampleSize).toBe(1200);
    expect(few.report.sincePromotion?.comparison).toMatchObject({
      improvement: null,
      why: '300 of 300 sampled rows were scored by v2, 301 are needed',
    });
  });

  test('a version that cannot be loaded is an outcome; a bug is not', async () => {
    const world = new PromotedWorld().live({}, {}, {}, {});
    const missing = new UserError({ code: 'VERSION_FILE_MISSING', message: 'weights.bin is missing', hint: 'restore it' });
    const failing =
      (error: Error): LoadShadow =>
      async () =>
        Promise.reject(error);

    const { report } = await world.watch(4, failing(missing));

    expect(report.sincePromotion?.comparison).toMatchObject({ improvement: null, interval: null, why: 'weights.bin is missing' });
    await expect(world.watch(4, failing(new TypeError('a bug')))).rejects.toThrow('a bug');
  });
});
