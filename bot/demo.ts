import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openTfjsRuntime } from '../pipelines/adapters/tfjs/open-tfjs-runtime.ts';
import { reportError } from '../pipelines/cli/run-command.ts';
import { bootstrapFirstVersion } from './demo/bootstrap-first-version.ts';
import { copyProject } from './demo/copy-project.ts';
import { demoClock } from './demo/demo-clock.ts';
import { DEMO_HELP, type DemoOptions, demoOptions } from './demo/demo-options.ts';
import { finalReport } from './demo/final-report.ts';
import { openRunLog } from './demo/open-run-log.ts';
import { publishDashboard } from './demo/publish-dashboard.ts';
import { readProposals } from './demo/read-proposals.ts';
import { replayWeeks } from './demo/replay-weeks.ts';
import { startWorld } from './demo/start-world.ts';
import { flightsFile } from './simulator/flights-file.ts';
import { openProductionSimulator } from './simulator/production-simulator.ts';

const PROJECT = fileURLToPath(new URL('..', import.meta.url));
const MODEL = 'flight-delay';

async function main(options: DemoOptions): Promise<void> {
  const started = performance.now();
  const print = (line: string) => process.stdout.write(`${line}\n`);
  const folder = resolve(options.folder);
  const [dataRoot, seed] = [join(folder, 'data'), join(folder, 'seed')];
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await copyProject(PROJECT, seed);
  const log = openRunLog(join(folder, 'run.log'));
  const runtime = await openTfjsRuntime();
  const source = flightsFile();
  const simulator = await openProductionSimulator({ source, dataRoot, share: options.share });
  print(
    `Replaying US flights of 2001${options.share < 1 ? `, a ${Number((options.share * 100).toPrecision(3))} % sample` : ', all 3 million'}; models train with ${runtime.backend}.`,
  );
  print('Training version 1 on weeks 1 to 4, judging it on weeks 5 and 6 ...');
  const report = await bootstrapFirstVersion({ root: seed, model: MODEL, dataRoot, simulator, runtime, note: (line) => log.info(line) });
  const [challenger] = report.challengers;
  const auc = challenger?.metrics.find(({ metric }) => metric === 'rocAuc');
  print(
    `v1 promises AUC ${auc?.value?.toFixed(3) ?? 'nothing'} on ${report.heldOut.rows.toLocaleString('en-GB')} flights (the trivial baseline has 0.500).`,
  );
  const clock = demoClock(report.asOf);
  const world = await startWorld({ project: PROJECT, folder, seed, dataRoot, port: options.port, clock, logger: log });
  print(
    `A GitHub on this machine: ${world.sandbox.repositoryUrl} (the App is installed; workflow jobs use this project's node_modules; ci.yml is switched off)`,
  );
  print('');
  const state = await replayWeeks({ model: MODEL, options, world, simulator, runtime, clock, print });
  simulator.close();
  const dashboard = await publishDashboard(world, clock.asOf());
  print('');
  for (const line of finalReport(state, await readProposals(world.sandbox.repositoryPath, state))) print(line);
  print('');
  print(`dashboard            ${dashboard}`);
  print(`issues               ${world.sandbox.repositoryUrl}/issues`);
  print(`pull requests        ${world.sandbox.repositoryUrl}/pulls`);
  print(
    `took                 ${((performance.now() - started) / 1000).toFixed(0)} s; everything that the run made lies in ${options.folder}`,
  );
  if (!options.exit) await untilInterrupted(print);
  await world.close();
}

/** Resolves at Ctrl-C or when the process is asked to end. */
function untilInterrupted(print: (line: string) => void): Promise<void> {
  print('serving until Ctrl-C');
  return new Promise((done) => {
    process.once('SIGINT', () => done());
    process.once('SIGTERM', () => done());
  });
}

try {
  const options = demoOptions(process.argv.slice(2));
  if (options === null) process.stdout.write(`${DEMO_HELP}\n`);
  else await main(options);
} catch (error) {
  process.exitCode = reportError(error, (line) => process.stderr.write(`${line}\n`));
}
