/** `::name key=value,key=value::message` as a line of output. */
export interface WorkflowCommand {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
}

function decode(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%3A', ':').replaceAll('%2C', ',').replaceAll('%25', '%');
}

/** The workflow command in a line of output, or null when the line is only text. */
export function parseWorkflowCommand(line: string): WorkflowCommand | null {
  const groups = /^\s*::(?<name>[a-z-]+)(?: (?<properties>.*?))?::(?<message>.*)$/.exec(line)?.groups;
  if (groups === undefined) return null;
  const pairs = (groups['properties'] ?? '').split(',').filter((pair) => pair.includes('='));
  const properties = pairs.map((pair) => {
    const at = pair.indexOf('=');
    return [pair.slice(0, at).trim(), decode(pair.slice(at + 1))] as const;
  });
  return { name: groups['name'] ?? '', properties: Object.fromEntries(properties), message: decode(groups['message'] ?? '') };
}
