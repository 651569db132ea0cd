import type { EvaluationReport } from '../schema/evaluation-report.ts';
import type { AttributeReport, SliceFigures } from '../schema/group-report.ts';
import { FAIRNESS_WORDS, fairnessDigits, groupNotes, phraseGroupEstimate, phraseGroupFigures } from '../schema/phrase-group.ts';
import { phraseCount } from '../schema/phrase-number.ts';

const SHOWN = 5;

/** Lines of a model card about slices: all rows, declared slices, and those that were found with a large loss. */
export function sliceLines({ slices }: Pick<EvaluationReport, 'slices'>): string[] {
  if (slices === undefined) return [];
  const lineOf = ({ name, rows, challenger, why }: SliceFigures) =>
    `${name}: ${why ?? `${slices.loss} ${phraseGroupEstimate(challenger)}, n = ${phraseCount(rows)}`}`;
  const { overall, declared, found } = slices;
  const more =
    found.length > SHOWN ? [`${phraseCount(found.length - SHOWN)} more slices that were found are in evaluation-report.json.`] : [];
  return [...[overall, ...declared, ...found.slice(0, SHOWN)].map(lineOf), ...more];
}

/** Lines of a model card about the groups of protected columns: rates and calibration of each group, and the distances between them. */
export function groupLines({ fairness }: Pick<EvaluationReport, 'fairness'>): string[] {
  return (fairness ?? []).flatMap(attributeLines);
}

function attributeLines(report: AttributeReport): string[] {
  const { attribute, groups, disparities } = report;
  const rates = groups.map(({ name, rows, challenger }) => {
    const figures = phraseGroupFigures(challenger, report).map(({ title, text }) => `${title} ${text}`);
    return `${attribute} ${name}: ${[...figures, `n = ${phraseCount(rows)}`].join(', ')}`;
  });
  const distances = disparities.flatMap(({ measure, challenger }) => {
    if (challenger.value === null) return [];
    const value = phraseGroupEstimate(challenger, fairnessDigits(measure, challenger.value));
    return [
      `${attribute}: ${FAIRNESS_WORDS[measure].name} ${value}, lowest ${challenger.lowest ?? 'none'}, highest ${challenger.highest ?? 'none'}`,
    ];
  });
  return [...rates, ...distances, ...groupNotes(report).map((note) => `${attribute}: ${note}`)];
}
