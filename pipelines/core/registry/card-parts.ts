import type { EvaluationReport } from '../schema/evaluation-report.ts';
import type { AttributeReport, SliceFigures } from '../schema/group-report.ts';
import { FAIRNESS_WORDS, phraseGroupEstimate } from '../schema/phrase-group.ts';
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

function attributeLines({ attribute, groups, disparities, foldedRows, why }: AttributeReport): string[] {
  const rates = groups.map(({ name, rows, challenger }) =>
    [
      `${attribute} ${name}: called positive ${phraseGroupEstimate(challenger.selectionRate)}`,
      `recall ${phraseGroupEstimate(challenger.truePositiveRate)}`,
      `false positives ${phraseGroupEstimate(challenger.falsePositiveRate)}`,
      `positives less score ${phraseGroupEstimate(challenger.calibrationGap)}`,
      `n = ${phraseCount(rows)}`,
    ].join(', '),
  );
  const distances = disparities.flatMap(({ measure, challenger }) =>
    challenger.value === null
      ? []
      : [
          `${attribute}: ${FAIRNESS_WORDS[measure].name} ${phraseGroupEstimate(challenger)}, lowest ${challenger.lowest ?? 'none'}, highest ${challenger.highest ?? 'none'}`,
        ],
  );
  const folded = foldedRows === 0 ? [] : [`${attribute}: ${phraseCount(foldedRows)} rows of groups too small to be shown.`];
  return [...(why === null ? [] : [`${attribute}: ${why}`]), ...rates, ...distances, ...folded];
}
