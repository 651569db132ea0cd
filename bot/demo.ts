import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openTfjsRuntime } from '../pipelines/adapters/tfjs/open-tfjs-runtime.ts';
import { reportError } from '../pipelines/cli/run-command.ts';
import type { EvaluationReport } from '../pipelines/core/schema/evaluation-report.ts';
import { bootstrapFirstVersion } from './demo/bootstrap-first-version.ts';
import { copyProject } from './demo/copy-project.ts';
import { demoClock } from './demo/demo-clock.ts';
import { DEMO_HELP, type DemoOptions, demoOptions } from './demo/demo-options.ts';
import { emptyRunFolder } from './demo/empty-run-folder.ts';
import { finalReport } from './demo/final-report.ts';
import { openRunLog } from './demo/open-run-log.ts';
import { publishDashboard } from './demo/publish-dashboard.ts';
import { readProposals } from './demo/read-proposals.ts';
import { type Replay, replayWeeks } from './demo/replay-weeks.ts';
import { startWorld } from './demo/start-world.ts';
import { outliveReader } from './roots/outlive-reader.ts';
import { flightsFile } from './simulator/flights-file.ts';
import { openProductionSimulator } from './simulator/production-simulator.ts';

const PROJECT = fileURLToPath(new URL('..', import.meta.url));
const MODEL = 'flight-delay';

type Print = (line: string) => void;

async function main(options: DemoOptions, print: Print): Promise<void> {
  const started = performance.now();
  const folder = resolve(options.folder);
  const places = { folder, dataRoot: join(folder, 'data'), seed: join(folder, 'seed') };
  await emptyRunFolder(folder);
  await copyProject(PROJECT, places.seed);
  const logger = openRunLog(join(folder, 'run.log'));
  const runtime = await openTfjsRuntime();
  const simulator = await openProductionSimulator({ source: flightsFile(), dataRoot: places.dataRoot, share: options.share });
  try {
    print(
      `Replaying US flights of 2001, ${options.share < 1 ? `a ${Number((options.share * 100).toPrecision(3))} % sample` : 'all 3 million'}; models train with ${runtime.backend}.`,
    );
    print('Training version 1 on weeks 1 to 4, judging it on weeks 5 and 6 ...');
    const first = await bootstrapFirstVersion({
      root: places.seed,
      model: MODEL,
      dataRoot: places.dataRoot,
      simulator,
      runtime,
      note: (line) => logger.info(line),
    });
    print(promiseOf(first));
    const clock = demoClock(first.asOf);
    const world = await startWorld({ ...places, project: PROJECT, port: options.port, clock, logger });
    try {
      await runWorld({ model: MODEL, options, world, simulator, runtime, clock, print }, started);
    } finally {
      await world.close();
    }
  } finally {
    simulator.close();
  }
}

function promiseOf(report: EvaluationReport): string {
  const auc = report.challengers[0]?.metrics.find(({ metric }) => metric === 'rocAuc');
  const figure = auc?.value == null ? 'nothing' : `AUC ${auc.value.toFixed(3)}`;
  return `v1 promises ${figure} on ${report.heldOut.rows.toLocaleString('en-GB')} labelled flights; the trivial baseline has 0.500.`;
}

/** Everything after the start: the weeks, the report, and the pages until Ctrl-C. */
async function runWorld(replay: Replay, started: number): Promise<void> {
  const { world, options, clock, print } = replay;
  const { repositoryUrl, repositoryPath } = world.sandbox;
  print(`A GitHub on this machine: ${repositoryUrl}`);
  print("The App is installed on it; workflow jobs use this project's node_modules instead of npm ci; ci.yml is switched off.");
  print('');
  const state = await replayWeeks(replay);
  const dashboard = await publishDashboard(world, clock.asOf());
  print('');
  for (const line of finalReport(state, await readProposals(repositoryPath, state))) print(line);
  print('');
  print(`dashboard            ${dashboard}`);
  print(`issues               ${repositoryUrl}/issues`);
  print(`pull requests        ${repositoryUrl}/pulls`);
  print(`checks and runs      ${repositoryUrl}/actions`);
  print(
    `took                 ${((performance.now() - started) / 1000).toFixed(0)} s; everything that the run made lies in ${options.folder}`,
  );
  if (!options.exit) await untilInterrupted(print);
}

/** Resolves at Ctrl-C or when the process is asked to end. */
function untilInterrupted(print: Print): Promise<void> {
  print('serving until Ctrl-C');
  return new Promise((done) => {
    process.once('SIGINT', () => done());
    process.once('SIGTERM', () => done());
  });
}

outliveReader(process.stdout, () => process.exit(0));
try {
  const options = demoOptions(process.argv.slice(2));
  if (options === null) process.stdout.write(`${DEMO_HELP}\n`);
  else await main(options, (line) => process.stdout.write(`${line}\n`));
} catch (error) {
  process.exitCode = reportError(error, (line) => process.stderr.write(`${line}\n`));
}
