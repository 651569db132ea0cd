import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openModelRepository } from '../pipelines/adapters/files/open-model-repository.ts';
import { openTrainingRuntime } from '../pipelines/cli/open-training-runtime.ts';
import { reportError } from '../pipelines/cli/run-command.ts';
import type { Contender, EvaluationReport } from '../pipelines/core/schema/evaluation-report.ts';
import type { MetricName } from '../pipelines/core/schema/metric.ts';
import { metricName } from '../pipelines/core/views/phrase-metric.ts';
import { bootstrapFirstVersion } from './demo/bootstrap-first-version.ts';
import { copyProject } from './demo/copy-project.ts';
import { demoClock } from './demo/demo-clock.ts';
import { DEMO_HELP, type DemoOptions, demoOptions } from './demo/demo-options.ts';
import { emptyRunFolder } from './demo/empty-run-folder.ts';
import { EXAMPLES } from './demo/example.ts';
import { finalReport } from './demo/final-report.ts';
import { openRunLog } from './demo/open-run-log.ts';
import { publishDashboard } from './demo/publish-dashboard.ts';
import { readProposals } from './demo/read-proposals.ts';
import { type Replay, replayWeeks } from './demo/replay-weeks.ts';
import { startWorld } from './demo/start-world.ts';
import { outliveReader } from './roots/outlive-reader.ts';

const PROJECT = fileURLToPath(new URL('..', import.meta.url));

type Print = (line: string) => void;

async function main(options: DemoOptions, print: Print): Promise<void> {
  const started = performance.now();
  const example = EXAMPLES[options.model];
  if (example === undefined) throw new RangeError(`there is no example ${options.model}`);
  const folder = resolve(options.folder);
  const places = { folder, dataRoot: join(folder, 'data'), seed: join(folder, 'seed') };
  await emptyRunFolder(folder);
  await copyProject(PROJECT, places.seed, example.model);
  const logger = openRunLog(join(folder, 'run.log'));
  const definition = await openModelRepository(places.seed).definition(example.model);
  const runtime = await openTrainingRuntime(definition);
  const simulator = await example.open({ dataRoot: places.dataRoot, share: options.share });
  try {
    print(`${example.opening(options.share)}; models train with ${runtime.backend}.`);
    print('Training version 1 on weeks 1 to 4, judging it on weeks 5 and 6 ...');
    const first = await bootstrapFirstVersion({
      root: places.seed,
      model: example.model,
      dataRoot: places.dataRoot,
      simulator,
      runtime,
      note: (line) => logger.info(line),
    });
    const { metric } = definition.monitoring.performance;
    print(promiseOf(first, metric, example.things));
    const clock = demoClock(first.asOf);
    const world = await startWorld({ ...places, project: PROJECT, port: options.port, clock, logger });
    try {
      await runWorld({ example, metric, options, world, simulator, runtime, clock, print }, started);
    } finally {
      await world.close();
    }
  } finally {
    simulator.close();
  }
}

function promiseOf(report: EvaluationReport, metric: MetricName, things: string): string {
  const figure = (contender: Contender | undefined) => {
    const value = contender?.metrics.find((estimate) => estimate.metric === metric)?.value ?? null;
    return value === null ? 'nothing' : value.toFixed(3);
  };
  const rows = report.heldOut.rows.toLocaleString('en-GB');
  return `v1 promises ${metricName(metric)} ${figure(report.challengers[0])} on ${rows} labelled ${things}; the trivial baseline has ${figure(report.baseline)}.`;
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
  for (const line of finalReport(state, await readProposals(repositoryPath, state), replay.example.things)) print(line);
  const epilogue = replay.example.epilogue(state);
  if (epilogue.length > 0) print('');
  for (const line of epilogue) print(line);
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
