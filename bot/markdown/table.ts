export type Alignment = 'left' | 'right';

/** A Markdown table. Cells are Markdown already; untrusted text must have passed `markdownText`. No rows, no table. */
export function table(
  columns: readonly { readonly title: string; readonly align?: Alignment }[],
  rows: readonly (readonly string[])[],
): string {
  if (rows.length === 0) return '';
  const head = `| ${columns.map((column) => column.title).join(' | ')} |`;
  const rule = `|${columns.map((column) => (column.align === 'right' ? ' ---: |' : ' :--- |')).join('')}`;
  return [head, rule, ...rows.map((row) => `| ${row.join(' | ')} |`)].join('\n');
}
