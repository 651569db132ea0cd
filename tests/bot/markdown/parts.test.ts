import { describe, expect, test } from 'vitest';
import { doesItHurt } from '../../../bot/markdown/incident-issue/does-it-hurt.ts';
import type { IncidentFacts } from '../../../bot/markdown/incident-issue/incident-facts.ts';
import { fairness, slices } from '../../../bot/markdown/retraining-pull-request/parts.ts';
import type { RetrainingTextFacts } from '../../../bot/markdown/retraining-pull-request/retraining-text-facts.ts';
import type { Signal } from '../../../pipelines/core/schema/signal.ts';
import { goodReport } from '../../fakes/gate-cases.ts';
import { reportWithParts } from '../../fakes/report-with-parts.ts';

type Evaluation = RetrainingTextFacts['evaluation'];
// The two sections read the evaluation and nothing else.
const factsOf = (evaluation: Evaluation) => ({ evaluation }) as RetrainingTextFacts;

describe('the pull request', () => {
  test('shows slices and groups with champion and challenger side by side', () => {
    const text = `${slices(factsOf(reportWithParts()))}\n${fairness(factsOf(reportWithParts()))}`;

    expect(text).toContain('### Slices');
    expect(text).toContain('| young | declared | 1,000 | 0.120 (0.100 to 0.140) | 0.150 (0.130 to 0.170) | 0.0300 (0.0100 to 0.0500) |');
    expect(text).toContain('### Groups');
    expect(text).toMatch(/\| selection rate ratio \| .*0\.700.* \| under 25, 25 or more \| 0\.1000/);
  });

  test('shows neither before they were measured', () => {
    expect([slices(factsOf(null)), fairness(factsOf(null)), slices(factsOf(goodReport())), fairness(factsOf(goodReport()))]).toEqual([
      '',
      '',
      '',
      '',
    ]);
  });

  test('lets no value of a column become markup or a mention', () => {
    const report = reportWithParts();
    const hostile = '<b>@owner</b> [x](https://example.org) | y';
    const changed: Evaluation = {
      ...report,
      fairness: (report.fairness ?? []).map((attribute) => ({
        ...attribute,
        groups: attribute.groups.map((group) => ({ ...group, name: hostile })),
      })),
      ...(report.slices === undefined
        ? {}
        : { slices: { ...report.slices, found: report.slices.found.map((slice) => ({ ...slice, name: hostile })) } }),
    };

    const text = `${slices(factsOf(changed))}${fairness(factsOf(changed))}`;

    expect(text).not.toContain('<b>');
    expect(text).not.toContain('@owner');
    expect(text).not.toContain('](https');
  });
});

describe('the incident', () => {
  const window = { start: '2001-02-01T00:00:00Z', end: '2001-02-02T00:00:00Z' };
  const signalOf = (parts: Partial<Signal>) =>
    ({
      kind: 'realised-performance',
      subject: 'rocAuc',
      value: 0.6,
      reference: null,
      interval: null,
      sampleSize: 900,
      window,
      why: '',
      ...parts,
    }) as Signal;
  const found = signalOf({
    kind: 'slice-performance',
    subject: 'slices that were found',
    why: '1 slice with more wrong calls: place is <east>.',
  });
  const textOf = (status: Signal['status'], found_: Signal | null) =>
    // The section reads these and nothing else.
    doesItHurt({
      incident: { kind: 'realised-performance', latest: found },
      performance: signalOf({ status }),
      slices: found_,
      business: null,
    } as unknown as IncidentFacts);

  test('says where a model errs while it does worse than promised, and only then', () => {
    expect(textOf('alert', found)).toContain('- Where: 1 slice with more wrong calls\\: place is \\<east\\>');
    expect(textOf('ok', found)).not.toContain('Where');
    expect(textOf('alert', null)).not.toContain('Where');
  });
});
