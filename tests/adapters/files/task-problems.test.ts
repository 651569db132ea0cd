import { describe, expect, test } from 'vitest';
import { checkDefinition, problemLine } from '../../../pipelines/adapters/files/read-definition.ts';

const BINARY = `schemaVersion: 1
name: loan
task: binary
objective: Tell which loans will not be paid back.
owner: credit team
stakeholders: [finance]
successMetrics:
  - { metric: rocAuc, target: 0.7, why: Agreed. }
columns:
  - { name: income, kind: numeric }
logs:
  format: csv
  path: log.csv
  columns: { id: id, timestamp: ts, score: score }
labels:
  format: csv
  path: labels.csv
  columns: { id: id, label: bad }
  positive: "1"
  negative: "0"
  delay: P1D
gate:
  rules: []
`;

const MULTICLASS = BINARY.replace('task: binary', 'task: multiclass')
  .replace('metric: rocAuc', 'metric: macroF1')
  .replace('score: score }', 'score: score, prediction: called }')
  .replace('  positive: "1"\n  negative: "0"\n', '  classes: [maps, music]\n')
  .replace('gate:', 'monitoring:\n  performance: { metric: accuracy }\ntraining:\n  algorithm: softmaxRegression\ngate:');

const REGRESSION = BINARY.replace('task: binary', 'task: regression')
  .replace('metric: rocAuc', 'metric: rSquared')
  .replace('  positive: "1"\n  negative: "0"\n', '')
  .replace(
    'gate:',
    'monitoring:\n  performance: { metric: meanAbsoluteError, toleratedDrop: 5 }\ntraining:\n  algorithm: ridgeRegression\ngate:',
  );

const VALUE = `businessValue: { currency: EUR, truePositive: 1, falsePositive: -1, falseNegative: 0, trueNegative: 0, assumption: a, assumedOn: 2024-01-01, owner: b }
`;

function problems(text: string): string[] {
  return checkDefinition({ text, file: 'model.yml' }).map(problemLine);
}

test.each([
  ['binary', BINARY + VALUE],
  ['multiclass', MULTICLASS + VALUE],
  ['regression', REGRESSION],
])('a sound %s definition has no problems', (_, text) => {
  expect(problems(text)).toEqual([]);
});

describe('what does not go with the task is told with its place and what to write', () => {
  test.each([
    [
      'labels of two classes in a regression',
      REGRESSION.replace('  delay:', '  positive: "1"\n  negative: "0"\n  delay:'),
      [
        'model.yml:19:13 labels.positive: a regression task has no positive class; remove it',
        'model.yml:20:13 labels.negative: a regression task has no negative class; remove it',
      ],
    ],
    [
      'no labels of two classes',
      BINARY.replace('  positive: "1"\n', ''),
      ['model.yml:16:3 labels: a binary task needs labels.positive and labels.negative; write the label text of each class'],
    ],
    [
      'one text for both classes',
      BINARY.replace('negative: "0"', 'negative: "1"'),
      ['model.yml:20:13 labels.negative: positive and negative are the same text; write the label text of each class'],
    ],
    [
      'no classes',
      MULTICLASS.replace('  classes: [maps, music]\n', ''),
      ['model.yml:16:3 labels: a multiclass task needs labels.classes; list the label texts of all classes'],
    ],
    [
      'a class that is there twice',
      MULTICLASS.replace('[maps, music]', '[maps, music, maps]'),
      ['model.yml:19:12 labels.classes: a class is there twice; keep one of them'],
    ],
    [
      'classes of a binary task',
      BINARY.replace('  delay:', '  classes: [a, b]\n  delay:'),
      ['model.yml:21:12 labels.classes: a binary task has no list of classes; remove it, or write task: multiclass'],
    ],
    [
      'no called class',
      MULTICLASS.replace(', prediction: called', ''),
      [
        'model.yml:14:12 logs.columns: a multiclass task with a score needs logs.columns.prediction; name the column that holds the class that was called',
      ],
    ],
    [
      'a called class of a binary task',
      BINARY.replace('score: score }', 'score: score, prediction: called }'),
      [
        'model.yml:14:63 logs.columns.prediction: the log of a binary task has its predictions in `score` alone; remove it, or write task: multiclass',
      ],
    ],
    [
      'a probability of no class, and none of a class',
      MULTICLASS.replace('prediction: called }', 'prediction: called, probabilities: { mapz: p1 } }'),
      [
        'model.yml:14:94 logs.columns.probabilities.mapz: "mapz" is no class of labels.classes; use the same texts in both',
        'model.yml:14:86 logs.columns.probabilities: a class has no probability; name a column for every class, or remove probabilities',
      ],
    ],
    [
      'a probability that is a feature too',
      MULTICLASS.replace('prediction: called }', 'prediction: called, probabilities: { maps: p1, music: income } }'),
      [
        'model.yml:14:105 logs.columns.probabilities.music: "income" is a column of the data contract too; name the column of the log that holds the probability of music, or take "income" out of columns',
      ],
    ],
    [
      'a metric of another task that a rule asks for',
      REGRESSION.replace('rules: []', 'rules:\n    - { kind: absolute, metric: rocAuc, operator: ">=", value: 0.6 }'),
      [
        'model.yml:26:33 gate.rules.0.metric: a regression model has no rocAuc; use one of meanAbsoluteError, rootMeanSquaredError, rSquared',
      ],
    ],
    [
      'a metric that is only the default',
      REGRESSION.replace('  performance: { metric: meanAbsoluteError, toleratedDrop: 5 }\n', '  window: P1D\n'),
      [
        'model.yml:21:3 monitoring.performance.metric: a regression model has no rocAuc; use one of meanAbsoluteError, rootMeanSquaredError, rSquared',
      ],
    ],
    [
      'a trainer of another task',
      MULTICLASS.replace('softmaxRegression', 'ridgeRegression'),
      ['model.yml:24:14 training.algorithm: ridgeRegression does not serve a multiclass task; write training.algorithm: softmaxRegression'],
    ],
    [
      'a tolerance that nobody has thought of',
      REGRESSION.replace(', toleratedDrop: 5', ''),
      [
        'model.yml:21:16 monitoring.performance.toleratedDrop: meanAbsoluteError is in units of the label, and no tolerated loss is stated; write how much more error than promised the owner accepts',
      ],
    ],
    [
      'money of a regression',
      REGRESSION + VALUE,
      ['model.yml:26:16 businessValue: a regression has no outcomes to put a value on; remove businessValue'],
    ],
  ])('%s', (_, text, expected) => {
    expect(problems(text)).toEqual(expected);
  });

  test('without a section for it at the top of the file', () => {
    const text = REGRESSION.replace('monitoring:\n  performance: { metric: meanAbsoluteError, toleratedDrop: 5 }\n', '');

    expect(problems(text)).toEqual([
      expect.stringMatching(/^model\.yml:1:1 monitoring\.performance\.metric: a regression model has no rocAuc/),
    ]);
  });
});

test.each([
  ['binary', BINARY.replace(', score: score', '')],
  ['multiclass', MULTICLASS.replace(', score: score, prediction: called', '')],
  ['regression', REGRESSION.replace(', score: score', '')],
])('a %s log may hold no predictions at all', (_, text) => {
  expect(problems(text)).toEqual([]);
});
