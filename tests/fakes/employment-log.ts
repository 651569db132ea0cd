import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { ModelDefinition } from '../../pipelines/core/schema/model-definition.ts';
import type { RowTable } from '../../pipelines/core/schema/row-table.ts';

const LOG = fileURLToPath(new URL('../../../shared/data/acs-employment-ma/log.csv.gz', import.meta.url));

/** Whether the employment log lies beside the repository; says so loudly when it does not. */
export function employmentPresent(): boolean {
  const present = existsSync(LOG);
  if (!present) console.warn('NOT TESTED: ../shared/data is absent, so fairness is not measured on the employment log.');
  return present;
}

/** The model of the employment log; sex, race, disability and age are protected. */
export function employmentDefinition(): ModelDefinition {
  return ModelDefinition.parse({
    schemaVersion: 1,
    name: 'employment',
    task: 'binary',
    objective: 'Say who is employed.',
    owner: 'statistics office',
    stakeholders: ['statistics office'],
    successMetrics: [{ metric: 'rocAuc', target: 0.8, why: 'Below this it says little.' }],
    columns: [
      { name: 'SCHL', kind: 'numeric' },
      { name: 'MAR', kind: 'categorical' },
      { name: 'AGEP', kind: 'numeric', role: 'protected', cuts: [25, 60] },
      { name: 'DIS', kind: 'categorical', role: 'protected' },
      { name: 'SEX', kind: 'categorical', role: 'protected' },
      { name: 'RAC1P', kind: 'categorical', role: 'protected' },
    ],
    slices: [{ name: 'old and disabled', where: { AGEP: { atLeast: 60 }, DIS: '1' } }],
    logs: { format: 'csv', path: 'acs-employment-ma/log.csv.gz', columns: { id: 'id', timestamp: 'ts', score: 'score' } },
    labels: {
      format: 'csv',
      path: 'acs-employment-ma/log.csv.gz',
      columns: { id: 'id', label: 'label' },
      positive: '1',
      negative: '0',
      delay: 'P0D',
    },
    monitoring: { window: 'P28D' },
    gate: { rules: [{ kind: 'relative', metric: 'rocAuc', minimumImprovement: 0 }] },
  });
}

/** The first rows of the employment log (2015), with the scores of the model that made them. */
export function employmentRows(count: number): RowTable {
  const [header = '', ...lines] = gunzipSync(readFileSync(LOG))
    .toString('utf8')
    .split('\n', count + 1);
  const names = header.split(',');
  const cells = lines.map((line) => line.split(','));
  const texts = (name: string) => cells.map((row) => row[names.indexOf(name)] ?? '');
  const numbers = (name: string) => Float64Array.from(texts(name), Number);
  return {
    ids: texts('id'),
    timestamps: Float64Array.from(texts('ts'), (instant) => Date.parse(instant) / 1000),
    numeric: { SCHL: numbers('SCHL'), AGEP: numbers('AGEP') },
    categorical: { MAR: texts('MAR'), DIS: texts('DIS'), SEX: texts('SEX'), RAC1P: texts('RAC1P') },
    texts: {},
    scores: numbers('score'),
    predicted: new Float64Array(count).fill(Number.NaN),
    probabilities: {},
    versions: cells.map(() => null),
    labels: numbers('label'),
  };
}
