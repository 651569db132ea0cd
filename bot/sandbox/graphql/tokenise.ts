export interface GraphqlToken {
  readonly kind: 'name' | 'number' | 'string' | 'mark';
  readonly text: string;
}

const TOKEN =
  /(?<skip>[\s,\uFEFF]+|#[^\n]*)|(?<name>[_A-Za-z]\w*)|(?<number>-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?<block>"""[\s\S]*?""")|(?<string>"(?:[^"\\\n]|\\.)*")|(?<mark>\.\.\.|[!$():=@[\]{|}&])/y;

/** The lexical tokens of a GraphQL document, without white space, commas and comments. Throws on anything else. */
export function tokenise(source: string): readonly GraphqlToken[] {
  const tokens: GraphqlToken[] = [];
  const pattern = new RegExp(TOKEN);
  while (pattern.lastIndex < source.length) {
    const at = pattern.lastIndex;
    const groups = pattern.exec(source)?.groups;
    if (groups === undefined) throw new SyntaxError(`Unexpected character "${source[at]}" at ${at}`);
    if (groups['name'] !== undefined) tokens.push({ kind: 'name', text: groups['name'] });
    else if (groups['number'] !== undefined) tokens.push({ kind: 'number', text: groups['number'] });
    else if (groups['block'] !== undefined) tokens.push({ kind: 'string', text: groups['block'].slice(3, -3).trim() });
    else if (groups['string'] !== undefined) tokens.push({ kind: 'string', text: JSON.parse(groups['string']) as string });
    else if (groups['mark'] !== undefined) tokens.push({ kind: 'mark', text: groups['mark'] });
  }
  return tokens;
}
