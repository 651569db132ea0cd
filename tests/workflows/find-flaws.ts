// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of GitHub Actions look like this
import { parse } from 'yaml';
import type { Source } from './workflow-sources.ts';

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly shell?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly name?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly 'timeout-minutes'?: number;
  readonly steps?: readonly Step[];
}

interface File {
  readonly on?: Readonly<Record<string, unknown>> | string;
  readonly permissions?: unknown;
  readonly concurrency?: unknown;
  readonly jobs?: Readonly<Record<string, Job>>;
  readonly runs?: { readonly steps: readonly Step[] };
}

const PINNED = /uses: (?:\.\/\S+|[\w-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$/;
const DOCUMENTED = /^ {6}[\w-]+: (?:read|write) # \S.*$/;

/** The steps of a workflow or of a composite action, with the job that they are in. */
export function stepsOf(source: Source): readonly { readonly job: string; readonly step: Step }[] {
  const file = parse(source.text) as File;
  const inJobs = Object.entries(file.jobs ?? {}).flatMap(([job, { steps = [] }]) => steps.map((step) => ({ job, step })));
  return [...inJobs, ...(file.runs?.steps ?? []).map((step) => ({ job: 'composite', step }))];
}

function stepFlaws(source: Source): readonly string[] {
  return stepsOf(source).flatMap(({ job, step }) => {
    const flaws: string[] = [];
    if (step.name === undefined) flaws.push(`${job}: a step without a name`);
    if (step.run?.includes('${{') === true) flaws.push(`${job}: an expression inside run: pass it by env`);
    if (step.uses?.startsWith('actions/checkout@') === true && step.with?.['persist-credentials'] !== false) {
      flaws.push(`${job}: checkout keeps its credentials`);
    }
    if (step.run !== undefined && /\bnpm (?:ci|install|i)\b/.test(step.run) && !source.path.includes('actions/setup/')) {
      flaws.push(`${job}: installation outside .github/actions/setup`);
    }
    return flaws;
  });
}

function lineFlaws(source: Source): readonly string[] {
  const lines = source.text.split('\n');
  const uses = lines.filter((line) => /^\s*(?:- )?uses:/.test(line)).filter((line) => !PINNED.test(line.trim().replace(/^- /, '')));
  return uses.map((line) => `not pinned by commit with its version beside it: ${line.trim()}`);
}

function permissionFlaws(source: Source, name: string, job: Job): readonly string[] {
  const granted = Object.keys(job.permissions ?? {});
  const documented = source.text.split('\n').filter((line) => DOCUMENTED.test(line));
  return granted
    .filter((permission) => !documented.some((line) => line.trim().startsWith(`${permission}: ${job.permissions?.[permission]} #`)))
    .map((permission) => `${name}: ${permission} without a comment that says what for`);
}

/** What this repository asks of its workflows beyond what GitHub's parser finds. One line for each flaw, empty when there is none. */
export function findFlaws(source: Source): readonly string[] {
  const file = parse(source.text) as File;
  const flaws = [...lineFlaws(source), ...stepFlaws(source)];
  if (file.jobs === undefined) return flaws;
  if (JSON.stringify(file.permissions) !== '{}') flaws.push('top-level permissions must be {}');
  if (file.concurrency === undefined) flaws.push('no concurrency group');
  if (JSON.stringify(file.on).includes('pull_request_target')) flaws.push('pull_request_target runs strangers with secrets');
  for (const [name, job] of Object.entries(file.jobs)) {
    if (typeof job['timeout-minutes'] !== 'number') flaws.push(`${name}: no timeout-minutes`);
    if (job.permissions === undefined) flaws.push(`${name}: no permissions of its own`);
    if (job.name !== name) flaws.push(`${name}: its name must be its id, which required checks go by`);
    flaws.push(...permissionFlaws(source, name, job));
  }
  return flaws;
}
