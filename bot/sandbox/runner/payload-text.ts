/** The text at a path of a webhook payload; empty when there is none. */
export function payloadText(payload: unknown, ...path: readonly string[]): string {
  let current: unknown = payload;
  for (const key of path) current = (current as Readonly<Record<string, unknown>> | null | undefined)?.[key];
  return typeof current === 'string' ? current : '';
}
