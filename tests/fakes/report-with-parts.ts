import type { EvaluationReport } from '../../pipelines/core/schema/evaluation-report.ts';
import type { GroupEstimate, GroupFigures } from '../../pipelines/core/schema/group-report.ts';
import { goodReport } from './gate-cases.ts';

function estimate(value: number | null, sampleSize = 1000): GroupEstimate {
  return { value, interval: value === null ? null : { lower: value - 0.02, upper: value + 0.02, level: 0.95 }, sampleSize };
}

function figures(rate: number): GroupFigures {
  return {
    selectionRate: estimate(rate),
    truePositiveRate: estimate(rate),
    falsePositiveRate: estimate(0.1),
    calibrationGap: estimate(0.01),
    calibrationError: 0.012,
    loss: estimate(0.1),
  };
}

/** The good report with slices and the groups of one protected column. */
export function reportWithParts(): EvaluationReport {
  const distance = (value: number) => ({ ...estimate(value), lowest: 'under 25', highest: '25 or more', why: null });
  const none = { challenger: estimate(null, 3), champion: estimate(null, 3), increase: estimate(null, 3) };
  return {
    ...goodReport(),
    slices: {
      loss: 'wrong calls',
      overall: {
        name: 'all rows',
        rows: 5000,
        challenger: estimate(0.1),
        champion: estimate(0.11),
        increase: estimate(-0.01),
        pValue: null,
        why: null,
      },
      declared: [
        {
          name: 'young',
          rows: 1000,
          challenger: estimate(0.15),
          champion: estimate(0.12),
          increase: estimate(0.03),
          pValue: null,
          why: null,
        },
        { name: 'rare', rows: 3, ...none, pValue: null, why: '3 labelled rows; at least 100 are needed.' },
      ],
      found: [
        {
          name: 'place is east',
          rows: 400,
          challenger: estimate(0.3),
          champion: estimate(0.31),
          increase: estimate(-0.01),
          pValue: 0.001,
          why: null,
        },
      ],
      search: { candidates: 12, tested: 2, falseDiscoveryRate: 0.1, discoveryRows: 2500, testRows: 2500 },
      method: 'planted',
    },
    fairness: [
      {
        attribute: 'age',
        cuts: [25],
        groups: [
          { name: 'under 25', rows: 1000, challenger: figures(0.35), champion: figures(0.4), increase: estimate(0.03) },
          { name: '25 or more', rows: 4000, challenger: figures(0.5), champion: null, increase: null },
        ],
        disparities: [{ measure: 'selectionRatio', challenger: distance(0.7), champion: distance(0.8), widening: estimate(0.1) }],
        foldedRows: 7,
        method: 'planted',
        why: null,
      },
    ],
  };
}
