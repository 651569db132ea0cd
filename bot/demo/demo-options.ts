import { parseArgs } from 'node:util';
import { UserError } from '../../pipelines/core/errors/user-error.ts';
import { EXAMPLES } from './example.ts';

/** How `npm start` was asked to run. */
export interface DemoOptions {
  /** Which of the examples. */
  readonly model: string;
  /** End after the report instead of serving until Ctrl-C. */
  readonly exit: boolean;
  /** Leave the merge to the person at the keyboard. */
  readonly wait: boolean;
  /** Share of all flights that is replayed, in (0, 1]. */
  readonly share: number;
  /** The last week that is replayed, 7 to 26. */
  readonly weeks: number;
  /** Where everything that the run makes is put; emptied first. */
  readonly folder: string;
  readonly port: number;
}

const DEFAULT_SHARE = 0.1;

export const DEMO_HELP = `npm start [-- options]

Replays 26 weeks of production through the whole loop, on this machine: production log, signals, incidents, retraining
pull requests, gate, merge, verification, dashboard. Nothing leaves the machine.

  --model <name>    flight-delay: US flights of 2001 (default); voice-search: simulated queries, whose world is known
  --exit            end after the report (default: serve the pages until Ctrl-C)
  --wait            leave the merge to you: press Merge on the local pull request page
  --full            flight-delay: replay all 3 million flights (default: a ${DEFAULT_SHARE * 100} % sample by hash of the flight)
  --share <0..1>    flight-delay: replay this share of the flights
  --weeks <n>       stop after week n (7 to 26)
  --folder <path>   where the run is kept (default: .holdfast/run; emptied of an earlier run first)
  --port <n>        port on loopback (default: a free one)
  --help            this text`;

/** Reads the command line of the main job. null: the person asked for help. Throws a UserError (BAD_ARGUMENTS). */
export function demoOptions(args: readonly string[]): DemoOptions | null {
  const { values } = parse(args);
  if (values.help === true) return null;
  const share = values.full === true ? 1 : numberOf('share', values.share, { fallback: DEFAULT_SHARE, minimum: 0.005, maximum: 1 });
  return {
    model: exampleOf(values.model),
    exit: values.exit === true,
    wait: values.wait === true,
    share,
    weeks: Math.floor(numberOf('weeks', values.weeks, { fallback: 26, minimum: 7, maximum: 26 })),
    folder: values.folder ?? '.holdfast/run',
    port: Math.floor(numberOf('port', values.port, { fallback: 0, minimum: 0, maximum: 65_535 })),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        model: { type: 'string' },
        exit: { type: 'boolean' },
        wait: { type: 'boolean' },
        full: { type: 'boolean' },
        share: { type: 'string' },
        weeks: { type: 'string' },
        folder: { type: 'string' },
        port: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
      strict: true,
    });
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new UserError({ code: 'BAD_ARGUMENTS', message, hint: '`npm start -- --help` shows the options', cause });
  }
}

function exampleOf(model = 'flight-delay'): string {
  if (Object.hasOwn(EXAMPLES, model)) return model;
  throw new UserError({
    code: 'BAD_ARGUMENTS',
    message: `there is no example "${model}"`,
    hint: `choose one of ${Object.keys(EXAMPLES).join(', ')}`,
  });
}

function numberOf(name: string, text: string | undefined, range: { fallback: number; minimum: number; maximum: number }): number {
  if (text === undefined) return range.fallback;
  const value = Number(text);
  if (value >= range.minimum && value <= range.maximum) return value;
  throw new UserError({
    code: 'BAD_ARGUMENTS',
    message: `--${name} ${text} is not between ${range.minimum} and ${range.maximum}`,
    hint: '`npm start -- --help` shows the options',
  });
}
