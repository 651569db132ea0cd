/** Text in code font: one line, with a fence longer than any run of backticks inside. `|` becomes `¦`, so that a span may stand in a table. */
export function codeSpan(text: string, maximum = 120): string {
  const visible = text
    .replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu, ' ')
    .replaceAll('|', '¦')
    .replaceAll(/ {2,}/g, ' ')
    .trim();
  const points = [...visible];
  const short = points.length <= maximum ? visible : `${points.slice(0, maximum - 1).join('')}…`;
  if (short === '') return '` `';
  const runs = short.match(/`+/g) ?? [];
  const fence = '`'.repeat(1 + Math.max(0, ...runs.map((run) => run.length)));
  const space = short.startsWith('`') || short.endsWith('`') ? ' ' : '';
  return `${fence}${space}${short}${space}${fence}`;
}
