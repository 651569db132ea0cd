import { basename, resolve } from 'node:path';
import { UserError } from '../core/errors/user-error.ts';
import { addSeconds, epochSeconds, type Instant } from '../core/schema/instant.ts';
import type { ModelDefinition } from '../core/schema/model-definition.ts';
import type { Window } from '../core/schema/window.ts';
import type { Contestant } from '../stages/backtest-result.ts';
import { type Change, overlayDefinition, varyDefinition } from '../stages/vary-definition.ts';
import type { CommandContext } from './command.ts';
import { textOption } from './folder-options.ts';
import { readInstant } from './places.ts';

const DAY_SECONDS = 86_400;

/** The options that add policies to a backtest, or let it look for better thresholds. */
export const POLICY_OPTIONS = {
  policy: {
    type: 'string',
    multiple: true,
    value: '<file.yml>',
    description: 'one more policy: sections of model.yml that differ (retraining:, monitoring:, ...); may be repeated',
  },
  set: {
    type: 'string',
    multiple: true,
    value: '<path=value,...>',
    description: 'one more policy: the definition with these keys changed, e.g. retraining.cooldown=P7D; may be repeated',
  },
  tune: {
    type: 'boolean',
    description: 'propose thresholds on a past period, and report them on the later one; --policy and --set are not looked at',
  },
  'tune-until': { type: 'string', value: '<instant>', description: 'end of the past period (default: the middle of the replay)' },
} as const;

/** The policies of --policy and --set, named after file or change. Throws a UserError (POLICY_INVALID, POLICY_MISSING, BAD_ARGUMENTS). */
export async function readPolicies(context: CommandContext, definition: ModelDefinition): Promise<Contestant[]> {
  const policies: Contestant[] = [];
  for (const file of context.lists?.['policy'] ?? []) {
    const { readPolicy } = await import('../adapters/files/read-policy.ts');
    const overlay = await readPolicy(resolve(context.workingDirectory, file));
    policies.push({ kind: 'policy', name: basename(file), definition: overlayDefinition(definition, overlay) });
  }
  for (const text of context.lists?.['set'] ?? []) {
    policies.push({ kind: 'policy', name: text, definition: varyDefinition(definition, changesOf(text)) });
  }
  const twice = policies.find(({ name }, index) => policies.findIndex((other) => other.name === name) < index);
  if (twice === undefined) return policies;
  throw new UserError({ code: 'BAD_ARGUMENTS', message: `two policies are called ${twice.name}`, hint: 'give each file another name' });
}

/** Where the past period of --tune ends: as asked, or the middle of the replay, at a midnight. Throws a UserError (BAD_INSTANT). */
export function tuneUntil(context: CommandContext, replay: Window): Instant {
  const asked = textOption(context, 'tune-until');
  if (asked !== undefined) return readInstant(asked, '--tune-until');
  const half = (epochSeconds(replay.end) - epochSeconds(replay.start)) / 2;
  return addSeconds(replay.start, Math.floor(half / DAY_SECONDS) * DAY_SECONDS);
}

function changesOf(text: string): Change[] {
  return text.split(',').map((each): Change => {
    const at = each.indexOf('=');
    if (at > 0) return [each.slice(0, at).trim(), readValue(each.slice(at + 1).trim())];
    throw new UserError({
      code: 'BAD_ARGUMENTS',
      message: `--set ${text}: "${each}" changes nothing`,
      hint: 'write --set retraining.cooldown=P7D; several changes of one policy are separated by commas',
    });
  });
}

/** A number, true, false or null as such; anything else is text. */
function readValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
