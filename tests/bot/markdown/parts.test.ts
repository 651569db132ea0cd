import { describe, expect, test } from 'vitest';
import { fairness, slices } from '../../../bot/markdown/retraining-pull-request/parts.ts';
import type { RetrainingTextFacts } from '../../../bot/markdown/retraining-pull-request/retraining-text-facts.ts';
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
