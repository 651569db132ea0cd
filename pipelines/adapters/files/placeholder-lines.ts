/** A line of a definition that waits for a person. */
export interface PlaceholderLine {
  readonly line: number;
  readonly key: string;
  readonly text: string;
}

const WAITS = /^\s*(?:- )?(?:.*[{,] )?([A-Za-z]+): .*?(TODO: [^'"\]}]*)/;

/** The lines of model.yml whose value still says `TODO:`, as `holdfast init` writes what only a person knows. Comments do not count. */
export function placeholderLines(text: string): readonly PlaceholderLine[] {
  return text.split('\n').flatMap((line, place) => {
    const [, key, found] = WAITS.exec(line.replace(/(^|\s)#.*$/, '')) ?? [];
    return key === undefined || found === undefined ? [] : [{ line: place + 1, key, text: found.trim() }];
  });
}
