const SPECIAL = /[\\^$.|(){}]/g;

function toExpression(pattern: string): RegExp {
  const source = pattern
    .replaceAll(SPECIAL, '\\$&')
    .split(/(\*\*\/|\*\*|\*)/)
    .map((part) => ({ '**/': '(?:.*/)?', '**': '.*', '*': '[^/]*' })[part] ?? part)
    .join('');
  return new RegExp(`^${source}$`, 'u');
}

/**
 * Whether a name passes an ordered list of GitHub's filter patterns: `*` within a segment, `**` across, `?` `+` `[]` as in regular
 * expressions, `!` takes back what came before.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#filter-pattern-cheat-sheet
 */
export function matchPatterns(name: string, patterns: readonly string[]): boolean {
  let matched = false;
  for (const pattern of patterns) {
    const negative = pattern.startsWith('!');
    if (toExpression(negative ? pattern.slice(1) : pattern).test(name)) matched = !negative;
  }
  return matched;
}
