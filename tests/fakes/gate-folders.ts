import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from '../../pipelines/cli/command.ts';
import { gateCommand } from '../../pipelines/cli/gate.ts';
import { trainCommand } from '../../pipelines/cli/train.ts';
import { specifyInitialTraining, specifyTraining } from '../../pipelines/core/registry/specify-training.ts';
import { versionManifest } from '../../pipelines/core/registry/version-manifest.ts';
import { addSeconds } from '../../pipelines/core/schema/instant.ts';
import type { ModelDefinition } from '../../pipelines/core/schema/model-definition.ts';
import { ModelVersion } from '../../pipelines/core/schema/model-version.ts';
import { TrainingSpec } from '../../pipelines/core/schema/training-spec.ts';
import { bytesOf, day, driftingLog, gatedDefinition, START } from './version-world.ts';

export interface Run {
  readonly code: number;
  readonly printed: string[];
}

const FOLDER = 'models/loan';

/** Two checkouts on disk, a base with its git history and a head, and the real logs that `train` and `gate` read. */
export class GateFolders {
  readonly root = mkdtempSync(join(tmpdir(), 'holdfast-gate-'));
  readonly data = join(this.root, 'data');
  readonly base = join(this.root, 'base');
  readonly head = join(this.root, 'head');
  readonly definition: ModelDefinition = gatedDefinition({
    labels: {
      format: 'csv',
      path: 'labels.csv',
      columns: { id: 'id', label: 'bad', timestamp: 'at' },
      positive: '1',
      negative: '0',
      delay: 'P1D',
    },
  });

  /** v1 was trained and serves on the base. */
  async open(): Promise<void> {
    mkdirSync(this.data, { recursive: true });
    const rows = driftingLog().rowsHeld;
    const predictions = rows.map((row) => [row.id, row.at, row.score, row.income, row.purpose ?? ''].join());
    const labels = rows.map((row) => [row.id, row.label, addSeconds(row.at, row.labelAfter)].join());
    writeFileSync(join(this.data, 'predictions.csv'), ['id,ts,score,income,purpose', ...predictions].join('\n'));
    writeFileSync(join(this.data, 'labels.csv'), ['id,bad,at', ...labels].join('\n'));
    mkdirSync(join(this.base, FOLDER), { recursive: true });
    writeFileSync(join(this.base, FOLDER, 'model.yml'), JSON.stringify(this.definition));
    const range = { start: START, end: day(21) };
    const heldOut = { start: day(21), end: day(28) };
    const { definition } = this;
    await this.train(this.base, specifyInitialTraining({ definition, version: 'v1', decision: 'd1', asOf: day(29), range, heldOut }));
    this.deploy(this.base, 'v1');
    this.git('init', '--quiet', '--initial-branch=main');
    this.commit();
    this.branchOff();
  }

  close(): void {
    rmSync(this.root, { recursive: true });
  }

  /** Makes the head what the base is. */
  branchOff(): void {
    rmSync(this.head, { recursive: true, force: true });
    cpSync(this.base, this.head, { recursive: true, filter: (path) => !path.endsWith('/.git') });
  }

  /** Copies a version folder to the head: from the base, or from where `keep` put it. */
  copyVersion(from: string, version: string): void {
    cpSync(from, this.path('head', version, ''), { recursive: true });
  }

  /** Writes the head over the base, as a merge does. */
  merge(): void {
    rmSync(join(this.base, 'models'), { recursive: true });
    cpSync(join(this.head, 'models'), join(this.base, 'models'), { recursive: true });
    this.commit();
  }

  commit(): void {
    this.git('add', '--all');
    this.git('commit', '--quiet', '--allow-empty', '--message', 'change');
  }

  git(...given: readonly string[]): string {
    const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com'];
    return execFileSync('git', [...identity, ...given], { cwd: this.base, encoding: 'utf8' });
  }

  /** What the bot would ask for after 56 days. */
  nextSpec(changes: Partial<TrainingSpec> = {}): TrainingSpec {
    const champion = ModelVersion.parse(JSON.parse(readFileSync(this.path('base', 'v1', 'version.json'), 'utf8')));
    const { definition } = this;
    const ask = { definition, champion, version: 'v2', decision: 'd2', asOf: day(56), historyStart: START, labelledUntil: day(55) };
    return { ...specifyTraining(ask), ...changes };
  }

  async train(root: string, spec: TrainingSpec): Promise<Run> {
    const out = join(root, FOLDER, 'versions', spec.version);
    mkdirSync(out, { recursive: true });
    writeFileSync(join(out, 'training-spec.json'), bytesOf(spec));
    return this.run(trainCommand, ['loan'], { spec: join(out, 'training-spec.json'), out, root: this.base });
  }

  deploy(root: string, version: string): void {
    writeFileSync(join(root, FOLDER, 'deployment.yml'), `schemaVersion: 1\nmodel: loan\nproduction: ${version}\n`);
  }

  path(side: 'base' | 'head', version: string, file: string): string {
    return join(this[side], FOLDER, 'versions', version, file);
  }

  json(version: string, file: string): Record<string, unknown> {
    return JSON.parse(readFileSync(this.path('head', version, file), 'utf8'));
  }

  /** Makes the spec in a copied folder of the head name the version that the folder is called. */
  renameVersion(version: string): void {
    writeFileSync(this.path('head', version, 'training-spec.json'), bytesOf({ ...this.json(version, 'training-spec.json'), version }));
    const report = this.json(version, 'evaluation-report.json');
    writeFileSync(this.path('head', version, 'evaluation-report.json'), bytesOf({ ...report, version }));
    this.rebind(version);
  }

  /** Makes version.json of the head fit whatever lies beside it, as someone who wants to deceive would. */
  rebind(version: string): void {
    const folder = this.path('head', version, '');
    const names = readdirSync(folder).filter((name) => name !== 'version.json');
    const files = Object.fromEntries(names.map((name) => [name, new Uint8Array(readFileSync(join(folder, name)))]));
    const spec = TrainingSpec.parse(this.json(version, 'training-spec.json'));
    writeFileSync(join(folder, 'version.json'), bytesOf(versionManifest(spec, files)));
  }

  /** The weights of a version on the head, with every number's sign turned. */
  negateWeights(version: string): void {
    const file = this.path('head', version, 'weights.bin');
    const bytes = new Uint8Array(readFileSync(file));
    writeFileSync(file, new Uint8Array(new Float32Array(bytes.buffer).map((value) => -value).buffer));
  }

  /** `holdfast gate` on the two folders, the day after the newest row. */
  judge(options: Readonly<Record<string, string>> = {}): Promise<Run> {
    const { head, base } = this;
    return this.run(gateCommand, [], { head, base, out: join(this.root, 'verdict.json'), 'as-of': day(57), ...options });
  }

  verdict(): unknown {
    const file = join(this.root, 'verdict.json');
    return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
  }

  async run(
    command: Command,
    positionals: readonly string[],
    options: Readonly<Record<string, string | boolean>>,
    environment: Readonly<Record<string, string>> = { HOLDFAST_DATA_ROOT: this.data },
  ): Promise<Run> {
    const printed: string[] = [];
    const print = (line: string) => printed.push(line);
    const code = await command.run({ positionals, options, environment, workingDirectory: this.root, print, note: () => {} });
    return { code, printed };
  }
}

/** The lines of checks that did not pass. */
export function failuresOf({ printed }: Run): string[] {
  return printed.filter((line) => line.includes('FAIL'));
}
