import { openGitHubRepository } from '../../bot/github/open-github-repository.ts';
import { reconcile } from '../../bot/reconcile/reconcile.ts';
import type { Reconciliation, Shell } from '../../bot/reconcile/reconcile-input.ts';
import { loadPredictor } from '../../pipelines/adapters/tfjs/load-predictor.ts';
import { canonicalJson } from '../../pipelines/core/digest/canonical-json.ts';
import { digestText, digestValue } from '../../pipelines/core/digest/sha256.ts';
import { buildReference } from '../../pipelines/core/profile/build-reference.ts';
import type { EvaluationReport } from '../../pipelines/core/schema/evaluation-report.ts';
import type { GateVerdict } from '../../pipelines/core/schema/gate-verdict.ts';
import { addSeconds } from '../../pipelines/core/schema/instant.ts';
import type { WrittenModelDefinition } from '../../pipelines/core/schema/model-definition.ts';
import { emptyModelState, type ModelState } from '../../pipelines/core/schema/model-state.ts';
import type { ModelVersion } from '../../pipelines/core/schema/model-version.ts';
import { TrainingSpec } from '../../pipelines/core/schema/training-spec.ts';
import type { Window } from '../../pipelines/core/schema/window.ts';
import { CrashPlan } from './crash-at.ts';
import { FakeCodeHost } from './fake-code-host.ts';
import { MemoryArtifacts } from './memory-artifacts.ts';
import { type LoanWeather, loansOf, MemoryLog } from './memory-log.ts';
import { MemoryStateStore } from './memory-state-store.ts';
import { aucOf, loanDefinition } from './policy-world.ts';

const DAY = 86_400;
const START = '2001-01-01T00:00:00Z';
const REFERENCE_DAYS = 14;
const ROWS = 150;

/** The whole loop around `reconcile`, in memory: a log that grows, a code host, a state branch, and hands that train, judge and merge. */
export class LoopWorld {
  readonly host: FakeCodeHost;
  readonly state = new MemoryStateStore();
  readonly log = new MemoryLog();
  readonly artifacts = new MemoryArtifacts();
  readonly lines: string[] = [];
  asOf: string;
  wall = '2026-01-01T00:00:00Z';
  #nonces = 0;

  private constructor(host: FakeCodeHost, log: MemoryLog, asOf: string) {
    this.host = host;
    this.log = log;
    this.asOf = asOf;
  }

  /** v1 is deployed; its reference are fourteen good days, and nothing was watched yet. */
  static async open(changes: Partial<WrittenModelDefinition> = {}): Promise<LoopWorld> {
    const definition = loanDefinition({
      monitoring: { minimumRows: 50, minimumLabels: 100, performanceWindows: 3, performance: { metric: 'rocAuc', toleratedDrop: 0.05 } },
      rollout: { verifyWindows: 3 },
      retraining: { minimumNewLabels: 100, cooldown: 'P7D', cost: 50 },
      logs: { format: 'csv', path: 'p.csv', columns: { id: 'id', timestamp: 'ts', score: 'score' }, reach: 'app' },
      ...changes,
    });
    const log = new MemoryLog();
    const end = addSeconds(START, REFERENCE_DAYS * DAY);
    for (let day = 0; day < REFERENCE_DAYS; day += 1) log.add(loansOf(addSeconds(START, day * DAY), { rows: ROWS, skill: 0.9 }));
    const range = { start: START, end };
    const files = new Map([
      ['models/loan/model.yml', bytes(JSON.stringify(definition))],
      ['models/loan/deployment.yml', bytes(canonicalJson({ schemaVersion: 1, model: 'loan', production: 'v1', fallback: null }))],
      ...(await versionFiles(log, definition, { version: 'v1', range })),
    ]);
    return new LoopWorld(new FakeCodeHost(files), log, end);
  }

  /** Lets days pass; a row more than the last day makes it complete. */
  pass(days: number, weather: Partial<LoanWeather> = {}): void {
    for (let day = 0; day < days; day += 1) {
      this.log.add(loansOf(this.asOf, { rows: ROWS, skill: 0.9, ...weather }));
      this.asOf = addSeconds(this.asOf, DAY);
    }
  }

  shell(changes: Partial<Shell> = {}): Shell {
    return { holder: 'app', leaseSeconds: 3600, markerKey: null, observe: 'logs', report: null, ...changes };
  }

  async reconcile(changes: Partial<Shell> = {}, plan: CrashPlan = new CrashPlan(0, 'before')): Promise<Reconciliation> {
    const objects = this.host.objects();
    return reconcile({
      model: 'loan',
      host: plan.guard(this.host),
      state: plan.guard(this.state),
      openRepository: (sha) => openGitHubRepository(objects, sha),
      openLogs: async () => Object.assign(Object.create(this.log) as MemoryLog, { ...bound(this.log), close() {} }),
      loadPredictor,
      artifacts: this.artifacts,
      clock: { asOf: () => this.asOf, wall: () => this.wall },
      random: { nonce: () => this.#nonce() },
      logger: { info() {}, warn: (line) => this.lines.push(line), error: (line) => this.lines.push(line) },
      shell: this.shell(changes),
    });
  }

  async model(): Promise<ModelState> {
    return (await this.state.read()).models['loan'] ?? emptyModelState('loan');
  }

  /** What retrain.yml does with the run that was dispatched last: pushes the version and the deployment. */
  async train(): Promise<void> {
    const run = this.host.dispatches.findLast(({ workflow }) => workflow === 'retrain.yml');
    if (run === undefined) throw new Error('no training was dispatched');
    const { version = '', branch = '' } = run.inputs;
    const spec = TrainingSpec.parse(
      JSON.parse(
        text(this.host.commits.get(this.host.branches.get(branch) ?? '')?.files.get(`models/loan/versions/${version}/training-spec.json`)),
      ),
    );
    const definition = loanDefinition();
    const made = await versionFiles(this.log, definition, { version, range: spec.heldOut, spec });
    const deployment = canonicalJson({ schemaVersion: 1, model: 'loan', production: version, fallback: 'v1' });
    this.host.push(branch, { ...Object.fromEntries(made), 'models/loan/deployment.yml': deployment }, 'github-actions[bot]');
    this.host.finishRun(run.runId, 'success');
  }

  /** What gate.yml does with the run that was dispatched last. */
  judge(verdict: GateVerdict['verdict']): void {
    const run = this.host.dispatches.findLast(({ workflow }) => workflow === 'gate.yml');
    if (run === undefined) throw new Error('no gate was dispatched');
    const head = this.host.runsHeld.find(({ id }) => id === run.runId)?.headSha ?? '';
    const folders = [...(this.host.commits.get(head)?.files.entries() ?? [])].filter(([path]) => path.endsWith('/version.json'));
    const manifest = JSON.parse(text(folders.at(-1)?.[1])) as ModelVersion;
    const spec = TrainingSpec.parse(
      JSON.parse(text(this.host.commits.get(head)?.files.get(`models/loan/versions/${manifest.version}/training-spec.json`))),
    );
    this.host.artifacts.set(`${run.runId}/gate-verdict`, bytes(JSON.stringify(verdictOf(manifest, verdict))));
    this.host.artifacts.set(`${run.runId}/gate-evaluation`, bytes(JSON.stringify(evaluationOf(manifest.version, spec.heldOut))));
    this.host.finishRun(run.runId, verdict === 'pass' ? 'success' : 'failure');
  }

  #nonce(): string {
    this.#nonces += 1;
    return this.#nonces.toString(16).padStart(32, '0');
  }
}

/** A verdict on a version, bound to its bytes. */
export function verdictOf({ version, artifactDigest }: ModelVersion, verdict: GateVerdict['verdict']): GateVerdict {
  const digest = digestText('planted');
  const evidence = { challenger: artifactDigest, champion: digest, data: digest, rules: digest, code: digest };
  const passed = verdict === 'pass';
  return {
    schemaVersion: 1,
    model: 'loan',
    version,
    judgedAt: '2001-02-01T00:00:00Z',
    verdict,
    summary: passed ? 'All checks passed.' : '1 check failed: rocAuc.',
    checks: [
      {
        name: 'rocAuc',
        metric: 'rocAuc',
        operator: '>=',
        expected: 0,
        actual: passed ? 0.02 : -0.01,
        interval: null,
        passed,
        why: 'planted',
      },
    ],
    evidence,
    evidenceDigest: digestValue(evidence),
  };
}

async function versionFiles(
  log: MemoryLog,
  definition: ReturnType<typeof loanDefinition>,
  { version, range, spec }: { version: string; range: Window; spec?: TrainingSpec },
): Promise<[string, Uint8Array][]> {
  const asOf = addSeconds(range.end, 30 * DAY);
  const grids = await log.learnGrids(range, asOf);
  const days = Math.round((Date.parse(range.end) - Date.parse(range.start)) / 86_400_000);
  const windows = Array.from({ length: days }, (_, day) => ({
    start: addSeconds(range.start, day * DAY),
    end: addSeconds(range.start, (day + 1) * DAY),
  }));
  const cubes = (await log.cubes(windows, asOf)).map((cube) => ({ ...cube, modelVersion: version }));
  const windowProfiles = await log.profile(windows, grids, asOf);
  const reference = buildReference({ definition, version, range, windowSeconds: DAY, windows: windowProfiles, grids, cubes });
  const written = spec ?? {
    schemaVersion: 1,
    model: 'loan',
    version,
    champion: null,
    decision: 'first',
    asOf: range.end,
    challengers: [{ name: 'initial', range }],
    heldOut: range,
    features: ['income', 'purpose'],
    training: definition.training,
  };
  const manifest: ModelVersion = {
    schemaVersion: 1,
    model: 'loan',
    version,
    parent: spec?.champion ?? null,
    createdAt: range.end,
    trainedUntil: range.end,
    artifactDigest: digestText(`weights of ${version}`),
    files: {},
  };
  const folder = `models/loan/versions/${version}`;
  return [
    [`${folder}/version.json`, bytes(canonicalJson(manifest))],
    [`${folder}/reference.json`, bytes(canonicalJson(reference))],
    [`${folder}/training-spec.json`, bytes(canonicalJson(written))],
    [`${folder}/evaluation-report.json`, bytes(canonicalJson(evaluationOf(version, range)))],
  ];
}

/** Champion .70, challenger .74 on the held-out rows, of the bytes and rows that `verdictOf` judges. */
export function evaluationOf(version: string, heldOut: Window): EvaluationReport {
  const facts = { range: heldOut, rows: 2800, positives: 900, quarantined: 0, digest: digestText('planted') };
  const contender = (name: string, auc: number, at: string | null) => ({
    name,
    version: at,
    artifactDigest: at === null ? null : digestText(at === version ? `weights of ${version}` : 'planted'),
    trainedOn: { ...facts, range: { start: addSeconds(heldOut.start, -28 * DAY), end: heldOut.start } },
    metrics: [aucOf(auc, { sampleSize: 2800 })],
    latencyMs: 0.01,
    bytes: 4200,
  });
  return {
    schemaVersion: 1,
    model: 'loan',
    version,
    asOf: addSeconds(heldOut.end, 2 * DAY),
    heldOut: facts,
    baseline: contender('baseline', 0.5, null),
    champion: contender('champion', 0.7, 'v1'),
    challengers: [contender('all-history', 0.74, version)],
    selected: 'all-history',
    selectedBecause: 'The only one.',
    comparisons: [
      {
        challenger: 'all-history',
        metric: 'rocAuc',
        improvement: 0.04,
        interval: { lower: 0.02, upper: 0.06, level: 0.95 },
        replicates: 500,
        sampleSize: 2800,
        method: 'paired bootstrap',
        why: null,
      },
    ],
    backend: 'planted 1.0',
  };
}

function bound(log: MemoryLog) {
  return {
    coverage: log.coverage.bind(log),
    learnGrids: log.learnGrids.bind(log),
    profile: log.profile.bind(log),
    cubes: log.cubes.bind(log),
    arrivals: log.arrivals.bind(log),
    countLabelled: log.countLabelled.bind(log),
    rows: log.rows.bind(log),
  };
}

function bytes(content: string): Uint8Array {
  return new Uint8Array(Buffer.from(content));
}

function text(content: Uint8Array | undefined): string {
  if (content === undefined) throw new Error('no such file');
  return Buffer.from(content).toString('utf8');
}
