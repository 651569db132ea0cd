import { WorkflowError } from './workflow-error.ts';

/**
 * Reads GITHUB_ENV or GITHUB_OUTPUT: lines `name=value`, or `name<<DELIMITER` with the value up to a line that is the delimiter.
 * Throws WorkflowError for anything else.
 */
export function parseCommandFile(text: string): Readonly<Record<string, string>> {
  const values: Record<string, string> = {};
  const lines = text.split(/\r?\n/);
  while (lines.length > 0) {
    const line = lines.shift() ?? '';
    if (line === '') continue;
    const { name, delimiter, value } = /^(?<name>[^=<]+)(?:<<(?<delimiter>.+)|=(?<value>.*))$/.exec(line)?.groups ?? {};
    if (name === undefined) throw new WorkflowError(`Invalid format '${line}' in a command file`);
    if (delimiter === undefined) {
      values[name] = value ?? '';
      continue;
    }
    const end = lines.indexOf(delimiter);
    if (end === -1) throw new WorkflowError(`Matching delimiter not found '${delimiter}' in a command file`);
    values[name] = lines
      .splice(0, end + 1)
      .slice(0, -1)
      .join('\n');
  }
  return values;
}
