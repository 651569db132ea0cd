import { Duration, durationSeconds } from '../../pipelines/core/schema/duration.ts';
import { ModelName } from '../../pipelines/core/schema/identifiers.ts';
import type { Command } from './command.ts';

const MAXIMUM_LENGTH = 200;

/**
 * The command of a comment; null when it holds none. Only the first line counts, and it must start with `/holdfast`: quotes, code blocks
 * and everything further down are never read.
 */
export function parseCommand(body: string): Command | null {
  const line = (body.split(/\r?\n/, 1)[0] ?? '').trimEnd();
  if (!/^\/holdfast(?:\s|$)/.test(line)) return null;
  if (line.length > MAXIMUM_LENGTH) return unknown(line, 'The line is too long.');
  const [verb, ...words] = line.split(/\s+/).slice(1);
  switch (verb) {
    case undefined:
      return unknown(line, null);
    case 'status':
    case 'retrain':
      return withModel(verb, words, line);
    case 'explain':
      return explain(words, line);
    case 'acknowledge':
    case 'ack':
      return words.length === 0
        ? { kind: 'acknowledge' }
        : unknown(line, 'It speaks of the incident on whose issue it stands; nothing follows it.');
    case 'snooze':
      return snooze(words, line);
    default:
      return unknown(line, null);
  }
}

function withModel(kind: 'status' | 'retrain', words: readonly string[], line: string): Command {
  const [model, ...rest] = words;
  if (model === undefined) return { kind, model: null };
  if (rest.length > 0) return unknown(line, 'At most one model can be named.');
  return ModelName.safeParse(model).success ? { kind, model } : unknown(line, 'That is not the name of a model.');
}

function explain(words: readonly string[], line: string): Command {
  const [decision] = words;
  if (words.length !== 1 || decision === undefined || !/^[0-9a-f]{16}$/.test(decision)) {
    return unknown(line, 'Write the 16 characters of one decision id.');
  }
  return { kind: 'explain', decision };
}

const SNOOZE_HINT = 'Write for how long: 12h, 7d or 2w, at most 90 days. To mute an incident for good, close its issue as *not planned*.';
const LONGEST_SNOOZE = 90 * 86_400;
const UNIT_SECONDS: Readonly<Record<string, number>> = { h: 3600, d: 86_400, w: 7 * 86_400 };

/** For so long: `12h`, `7d`, `2w`, or an ISO duration. */
function snooze(words: readonly string[], line: string): Command {
  const [text = ''] = words;
  const short = /^(\d{1,4})([hdw])$/.exec(text);
  const long = Duration.safeParse(text);
  const seconds = short !== null ? Number(short[1]) * (UNIT_SECONDS[short[2] ?? ''] ?? 0) : long.success ? durationSeconds(long.data) : 0;
  if (words.length !== 1 || seconds <= 0 || seconds > LONGEST_SNOOZE) return unknown(line, SNOOZE_HINT);
  return { kind: 'snooze', seconds };
}

function unknown(line: string, hint: string | null): Command {
  return { kind: 'unknown', line, hint };
}
