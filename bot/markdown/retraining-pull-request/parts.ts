import { type AttributeTable, attributeTables, sliceTable } from '../../../pipelines/core/views/part-table.ts';
import { section } from '../join-sections.ts';
import { markdownText } from '../markdown-text.ts';
import { table } from '../table.ts';
import type { RetrainingTextFacts } from './retraining-text-facts.ts';

const NOTE = 600;

/** Where the challenger errs: declared slices and found ones, against the champion on the same rows. Empty until the gate measured them. */
export function slices({ evaluation }: RetrainingTextFacts): string {
  const found = evaluation === null ? null : sliceTable(evaluation);
  if (found === null) return '';
  const columns = [
    { title: 'rows' },
    { title: '' },
    { title: 'n', align: 'right' as const },
    { title: 'champion', align: 'right' as const },
    { title: 'challenger', align: 'right' as const },
    { title: 'increase (paired)', align: 'right' as const },
  ];
  const rows = found.rows.map((row) => [markdownText(row.name, 120), row.kind, row.rows, row.champion, row.challenger, row.increase]);
  return section(
    'Slices',
    table(columns, rows),
    `<sub>${[found.caption, ...found.notes].map((note) => markdownText(note, NOTE)).join(' ')}</sub>`,
  );
}

/** How the challenger treats the groups of protected columns. Empty for a model without them. */
export function fairness({ evaluation }: RetrainingTextFacts): string {
  const tables = evaluation === null ? [] : attributeTables(evaluation);
  return section('Groups', ...tables.flatMap(attributeText));
}

function attributeText({ attribute, caption, titles, groups, distances, notes }: AttributeTable): string[] {
  const right = (title: string) => ({ title, align: 'right' as const });
  const title = `**${markdownText(attribute)}**`;
  const words = (lines: readonly string[]) =>
    lines.length === 0 ? '' : `<sub>${lines.map((line) => markdownText(line, NOTE)).join(' ')}</sub>`;
  if (groups.length === 0) return [title, words(notes)];
  const rates = table(
    [{ title: 'group' }, right('rows'), ...titles.map(right), right('more than the champion')],
    groups.map((group) => [markdownText(group.name), group.rows, ...group.figures, group.increase]),
  );
  const apart = table(
    [{ title: 'distance between groups' }, right('champion'), right('challenger'), { title: 'lowest, highest' }, right('widening')],
    distances.map((each) => [each.name, each.champion, each.challenger, markdownText(each.between, 120), each.widening]),
  );
  return [title, rates, apart, words([caption, ...notes])];
}
