import { describe, expect, it } from 'vitest';
import type { Command } from '../../../pipelines/cli/command.ts';
import { runCommand } from '../../../pipelines/cli/run-command.ts';
import { OutsideError } from '../../../pipelines/core/errors/outside-error.ts';
import { UserError } from '../../../pipelines/core/errors/user-error.ts';

function command(run: Command['run']): Command {
  return {
    name: 'greet',
    summary: 'Greet someone',
    usage: '<name>',
    options: {
      loud: { type: 'boolean', description: 'in capitals' },
      from: { type: 'string', value: '<role>', description: 'who greets' },
    },
    run,
  };
}

async function call(args: readonly string[], run: Command['run'] = async () => 0) {
  const printed: string[] = [];
  const noted: string[] = [];
  const entries = [{ name: 'greet', summary: 'greet someone', load: async () => command(run) }];
  const code = await runCommand(entries, {
    arguments: args,
    environment: {},
    workingDirectory: '/',
    version: async () => '1.2.3',
    print: (line) => printed.push(line),
    note: (line) => noted.push(line),
  });
  return { code, printed: printed.join('\n'), noted: noted.join('\n') };
}

describe('the command frame', () => {
  it('lists the commands without loading one', async () => {
    const { code, printed } = await call(['--help']);

    expect(code).toBe(0);
    expect(printed).toContain('greet  greet someone');
  });

  it.each(['--version', '-v'])('prints the version at %s', async (option) => {
    expect(await call([option])).toEqual({ code: 0, printed: '1.2.3', noted: '' });
  });

  it('shows the options of one command', async () => {
    const { code, printed } = await call(['greet', '--help']);

    expect(code).toBe(0);
    expect(printed).toContain('holdfast greet <name>');
    expect(printed).toMatch(/--from <role> +who greets/);
  });

  it('hands positionals and options to the command and returns its exit code', async () => {
    const { code, printed } = await call(['greet', 'ada', '--loud'], async (context) => {
      context.print(`${context.positionals[0]} ${context.options['loud']}`);
      return 1;
    });

    expect(code).toBe(1);
    expect(printed).toBe('ada true');
  });

  it('answers an unknown command with the nearest one, exit 2', async () => {
    const { code, noted } = await call(['gre']);

    expect(code).toBe(2);
    expect(noted).toContain('did you mean "greet"?');
  });

  it('answers an unknown option, exit 2', async () => {
    const { code, noted } = await call(['greet', '--lout']);

    expect(code).toBe(2);
    expect(noted).toContain("error BAD_ARGUMENTS: Unknown option '--lout'");
  });

  it.each([
    [
      new UserError({ code: 'MODEL_INVALID', message: 'model.yml:1:1 wrong', hint: 'mend it' }),
      2,
      'error MODEL_INVALID: model.yml:1:1 wrong\n→ mend it',
    ],
    [
      new OutsideError({ code: 'GITHUB_DOWN', message: 'no answer', hint: 'wait', retryable: true }),
      3,
      'error GITHUB_DOWN: no answer\n→ wait (trying again may help)',
    ],
  ])('turns %s into text and exit code', async (error, expected, text) => {
    const { code, noted } = await call(['greet'], async () => {
      throw error;
    });

    expect(code).toBe(expected);
    expect(noted).toBe(text);
  });

  it('calls anything else a bug, exit 70', async () => {
    const { code, noted } = await call(['greet'], async () => {
      throw new Error('surprise');
    });

    expect(code).toBe(70);
    expect(noted).toContain('bug: Error: surprise');
  });
});
