import { UserError } from '../core/errors/user-error.ts';
import type { BacktestPlan, Contestant } from '../stages/backtest-result.ts';
import type { CommandContext } from './command.ts';
import { textOption } from './folder-options.ts';

/** The population stability index that many monitors call significant. */
const RULE_OF_THUMB = 0.25;

/** Ways to keep a model without a policy, by the name that they are asked for and shown by. */
const RIVALS: Readonly<Record<string, (every: BacktestPlan['alwaysEvery']) => Contestant>> = {
  never: () => ({ kind: 'never', name: 'never' }),
  always: (every) => ({ kind: 'always', name: 'always', every }),
  'always-all': (every) => ({ kind: 'always', name: 'always-all', every, challenger: 'all-history' }),
  'always-recent': (every) => ({ kind: 'always', name: 'always-recent', every, challenger: 'recent-window' }),
  'drift-rule': (every) => ({ kind: 'drift-rule', name: 'drift-rule', every, level: RULE_OF_THUMB }),
};

/** The option that says whom a policy is held against. */
export const AGAINST_OPTION = {
  against: {
    type: 'string',
    value: '<name,...>',
    description: `hold the policy against these (default: never,always): ${Object.keys(RIVALS).join(', ')}. The timers retrain on all history, the recent range, or (always) whichever is better; drift-rule retrains as soon as a feature's PSI exceeds ${RULE_OF_THUMB}`,
  },
} as const;

/** Whom --against names, in that order. Throws a UserError (BAD_ARGUMENTS) for a name that is unknown or comes twice. */
export function readAgainst(context: CommandContext, { alwaysEvery }: Pick<BacktestPlan, 'alwaysEvery'>): Contestant[] {
  const names = (textOption(context, 'against') ?? 'never,always').split(',').map((name) => name.trim());
  return names.map((name, index) => {
    const rival = Object.hasOwn(RIVALS, name) ? RIVALS[name] : undefined;
    if (rival === undefined) throw badName(`there is no "${name}" to hold a policy against`);
    if (names.indexOf(name) < index) throw badName(`"${name}" is there twice`);
    return rival(alwaysEvery);
  });
}

function badName(problem: string): UserError {
  return new UserError({
    code: 'BAD_ARGUMENTS',
    message: `--against: ${problem}`,
    hint: `write some of ${Object.keys(RIVALS).join(', ')}, with commas between them`,
  });
}
