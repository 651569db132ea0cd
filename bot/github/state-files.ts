import { canonicalJson, canonicalLine } from '../../pipelines/core/digest/canonical-json.ts';
import { OutsideError } from '../../pipelines/core/errors/outside-error.ts';
import { AuditEvent } from '../../pipelines/core/schema/audit-event.ts';
import { ModelState, StateIndex } from '../../pipelines/core/schema/model-state.ts';
import type { StateChange, StateSnapshot } from '../../pipelines/ports/state-store.ts';

/** Paths of the state branch. */
export const INDEX_FILE = 'state/v1/index.json';
export const MODEL_FILE = /^state\/v1\/models\/([a-z0-9-]+)\.json$/;
export const EVENTS_FILE = /^state\/v1\/events\/\d{4}-\d{2}\.ndjson$/;

/** The branch that holds what the bot knows. */
export const STATE_BRANCH = 'holdfast/state';

export const EMPTY_INDEX: StateIndex = { schemaVersion: 1, lease: null, heartbeat: null };

/** What the files of the branch say. `files` holds the text of the index, the models and the newest month of events. */
export function snapshotOf(head: string | null, files: ReadonlyMap<string, string>): StateSnapshot {
  const models: Record<string, ModelState> = {};
  for (const [path, text] of files) {
    const name = MODEL_FILE.exec(path)?.[1];
    if (name !== undefined) models[name] = parse(ModelState, text, path);
  }
  const index = files.get(INDEX_FILE);
  return { head, index: index === undefined ? EMPTY_INDEX : parse(StateIndex, index, INDEX_FILE), models, lastEvent: lastEventOf(files) };
}

/** Texts that a change leaves behind, by path; months of events in `files` are appended to. Only what differs from `files`. */
export function changedFiles(change: StateChange, files: ReadonlyMap<string, string>): Map<string, string> {
  const texts = new Map<string, string>();
  if (change.index !== undefined) texts.set(INDEX_FILE, canonicalJson(change.index));
  for (const [name, state] of Object.entries(change.models ?? {})) texts.set(`state/v1/models/${name}.json`, stateText(state));
  for (const [digest, verdict] of Object.entries(change.verdicts ?? {})) texts.set(verdictPath(digest), verdict);
  for (const [digest, report] of Object.entries(change.evaluations ?? {})) texts.set(`evaluations/${digest}.json`, report);
  for (const event of change.events ?? []) {
    const path = eventsPath(event);
    texts.set(path, `${texts.get(path) ?? files.get(path) ?? ''}${canonicalLine(event)}\n`);
  }
  return new Map([...texts].filter(([path, text]) => files.get(path) !== text));
}

/** Canonical JSON with each window on a line of its own: a third smaller than one line a field, and a diff still shows which windows came or changed. */
function stateText({ windows, ...rest }: ModelState): string {
  const lines = windows.map((window) => `    ${canonicalLine(window)}`);
  if (lines.length === 0) return canonicalJson({ ...rest, windows });
  return canonicalJson({ ...rest, windows: [] }).replace(/^ {2}"windows": \[\]/m, () => `  "windows": [\n${lines.join(',\n')}\n  ]`);
}

/** Where the verdict with this evidence is kept. */
export function verdictPath(name: string): string {
  return `verdicts/${name}.json`;
}

/** The month that an event belongs to. */
export function eventsPath({ at }: Pick<AuditEvent, 'at'>): string {
  return `state/v1/events/${at.slice(0, 7)}.ndjson`;
}

function lastEventOf(files: ReadonlyMap<string, string>): AuditEvent | null {
  const newest = [...files.keys()]
    .filter((path) => EVENTS_FILE.test(path))
    .sort()
    .at(-1);
  const line = newest === undefined ? undefined : files.get(newest)?.trimEnd().split('\n').at(-1);
  return newest === undefined || line === undefined || line === '' ? null : parse(AuditEvent, line, newest);
}

function parse<T>(
  schema: { safeParse(value: unknown): { success: true; data: T } | { success: false; error: Error } },
  text: string,
  path: string,
): T {
  const parsed = schema.safeParse(jsonOf(text));
  if (parsed.success) return parsed.data;
  throw new OutsideError({
    code: 'STATE_UNREADABLE',
    message: `${path} on ${STATE_BRANCH} does not follow its schema`,
    hint: `restore the file from the history of ${STATE_BRANCH}, or delete it: that loses history, not correctness`,
    retryable: false,
    cause: parsed.error,
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
