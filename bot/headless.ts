import { realpathSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openDuckDbLog } from '../pipelines/adapters/duckdb/open-duckdb-log.ts';
import { openArtifactStore } from '../pipelines/adapters/files/open-artifact-store.ts';
import { loadPredictor } from '../pipelines/adapters/tfjs/load-predictor.ts';
import { openTrainingRuntime } from '../pipelines/cli/open-training-runtime.ts';
import { OutsideError } from '../pipelines/core/errors/outside-error.ts';
import { UserError } from '../pipelines/core/errors/user-error.ts';
import { Instant } from '../pipelines/core/schema/instant.ts';
import type { Logger } from '../pipelines/ports/logger.ts';
import { openTrials } from '../pipelines/stages/open-trials.ts';
import { createClient } from './github/create-client.ts';
import type { Reconciliation } from './reconcile/reconcile-input.ts';
import { openRepositoryShell } from './roots/open-repository-shell.ts';
import { reconcileRepository } from './roots/reconcile-repository.ts';
import { jsonLogger, systemClock, systemRandom } from './roots/system-ports.ts';

/** A job that only writes the state of one run holds its lease no longer than it needs. */
const LEASE_SECONDS = 300;
const TRUSTED = 'github-actions[bot],holdfast[bot]';

/** What one scheduled run is given. */
export interface HeadlessSettings {
  readonly token: string;
  readonly repository: string;
  readonly baseUrl: string;
  readonly runId: string;
  readonly dataRoot: string | null;
  readonly artifactFolder: string;
  readonly markerKey: string | null;
  readonly trustedAuthors: readonly string[];
  /** A report of watch.yml; null: none was measured in this run. */
  readonly reportFile: string | null;
  readonly asOf: Instant | null;
  readonly pace: 'github' | 'none';
}

/** Reads what GitHub Actions sets, and the options `--report <file>` and `--as-of <instant>`. Throws a UserError. */
export function readHeadlessSettings(environment: Readonly<Record<string, string | undefined>>, args: readonly string[]): HeadlessSettings {
  const { values } = parseArgs({ args: [...args], options: { report: { type: 'string' }, 'as-of': { type: 'string' } }, strict: true });
  const asOf = values['as-of'] ?? null;
  if (asOf !== null && !Instant.safeParse(asOf).success) {
    throw new UserError({ code: 'BAD_ARGUMENTS', message: `--as-of ${asOf} is no instant`, hint: 'write YYYY-MM-DDTHH:MM:SSZ (UTC)' });
  }
  return {
    token: required(environment, 'GITHUB_TOKEN'),
    repository: required(environment, 'GITHUB_REPOSITORY'),
    baseUrl: environment['GITHUB_API_URL'] ?? 'https://api.github.com',
    runId: environment['GITHUB_RUN_ID'] ?? 'local',
    dataRoot: environment['HOLDFAST_DATA_ROOT'] || null,
    artifactFolder: environment['HOLDFAST_ARTIFACTS'] ?? '.holdfast/artifacts',
    markerKey: environment['HOLDFAST_MARKER_KEY'] || null,
    trustedAuthors: (environment['HOLDFAST_TRUSTED_AUTHORS'] ?? TRUSTED).split(',').filter((login) => login !== ''),
    reportFile: values.report ?? null,
    asOf,
    pace: environment['HOLDFAST_PACE'] === 'none' ? 'none' : 'github',
  };
}

/** Reconciles every model once, and does nothing while the App holds the lease. Results by model. */
export async function runHeadless(settings: HeadlessSettings, logger: Logger): Promise<ReadonlyMap<string, Reconciliation>> {
  const { token, repository, baseUrl, pace, dataRoot, markerKey, reportFile } = settings;
  const client = createClient({ credentials: { kind: 'token', token }, baseUrl, pace, logger });
  const report = reportFile === null ? null : new Uint8Array(await readFile(reportFile));
  const shell = {
    holder: `action:${settings.runId}`,
    leaseSeconds: LEASE_SECONDS,
    markerKey: markerKey === null ? null : new Uint8Array(Buffer.from(markerKey, 'utf8')),
    observe: dataRoot !== null && report === null ? ('logs' as const) : ('nothing' as const),
    report,
  };
  return reconcileRepository(openRepositoryShell(client, repository, settings.trustedAuthors), {
    openLogs: (definition) => openDuckDbLog({ definition, dataRoot: dataRoot ?? '.' }),
    loadPredictor,
    trials: (files) =>
      openTrials({ repository: files, openRuntime: openTrainingRuntime, stopwatch: () => performance.now(), note: () => {} }),
    artifacts: openArtifactStore(settings.artifactFolder),
    clock: systemClock(settings.asOf),
    random: systemRandom,
    logger,
    shell,
  });
}

function required(environment: Readonly<Record<string, string | undefined>>, name: string): string {
  const value = environment[name];
  if (value !== undefined && value !== '') return value;
  throw new UserError({
    code: 'ENVIRONMENT_INVALID',
    message: `${name} is not set`,
    hint: 'run this inside a workflow, with `env: GITHUB_TOKEN`',
  });
}

async function main(): Promise<void> {
  const logger = jsonLogger((line) => process.stdout.write(`${line}\n`));
  const results = await runHeadless(readHeadlessSettings(process.env, process.argv.slice(2)), logger);
  for (const [model, { standing, decisions, applied }] of results) {
    logger.info('reconciled', { model, standing, decisions: decisions.length, applied: applied.length });
  }
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  await main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    if (error instanceof UserError || error instanceof OutsideError) process.stderr.write(`→ ${error.hint}\n`);
    process.exitCode = error instanceof UserError ? 2 : error instanceof OutsideError ? 3 : 70;
  });
}
