import { digestBytes, digestValue } from '../digest/sha256.ts';
import { type WeighedCheck, weighCheck } from '../evaluation/weighed-check.ts';
import type { Digest } from '../schema/digest.ts';
import type { Contender, EvaluationReport } from '../schema/evaluation-report.ts';
import { equal } from './lineage-checks.ts';
import type { VersionFiles } from './version-manifest.ts';

/** Engines whose arithmetic is the same on every processor; native ones choose their kernels by it. */
const PORTABLE = /^(?:tfjs-(?:wasm|cpu)|holdfast-linear) /;

export interface Reproduction {
  /** The report on the branch. */
  readonly committed: EvaluationReport;
  /** What the gate measured: of all challengers when it trained them again, else of the one on the branch alone. */
  readonly measured: EvaluationReport;
  readonly isWhole: boolean;
  /** Files of the version on the branch. */
  readonly files: VersionFiles;
  /** What the gate makes of the model and the report on the branch. */
  readonly assembled: VersionFiles;
  /** Of the model on the branch. */
  readonly artifact: Digest;
  /** Of the model that the gate trained by the spec; null when it could not. */
  readonly trainedAgain: Digest | null;
  /** Engine of the gate. */
  readonly engine: string;
}

/** Whether what is committed with a version is what its spec, the log and the code of the base give. Times of scoring differ from run to run and are left out. */
export function reproductionChecks(found: Reproduction): WeighedCheck[] {
  const { committed, measured, isWhole, files, assembled } = found;
  const file = (name: string) => equal(`${name} is what the gate makes`, digestOf(assembled[name]) ?? 'a file', digestOf(files[name]));
  return [
    modelCheck(found),
    reportCheck(comparable(measured, { of: measured, isWhole }), comparable(committed, { of: measured, isWhole })),
    ...['reference.json', 'model-card.md', 'version.json'].map(file),
  ];
}

function modelCheck({ committed, artifact, trainedAgain, engine }: Reproduction): WeighedCheck {
  const isOtherEngine = committed.backend !== engine;
  const isCertain = !isOtherEngine && PORTABLE.test(engine);
  return weighCheck({
    name: 'the model is the one that training by the spec gives',
    metric: 'equality',
    operator: '==',
    expected: trainedAgain ?? 'a model trained again',
    actual: trainedAgain === null ? null : artifact,
    otherwise: isOtherEngine || (trainedAgain !== null && !isCertain) ? 'needs-human' : 'fail',
    why: whyModel({ isOtherEngine, trainedAgain, artifact, engine, backend: committed.backend }),
  });
}

function whyModel(of: { isOtherEngine: boolean; trainedAgain: Digest | null; artifact: Digest; engine: string; backend: string }): string {
  if (of.isOtherEngine) return `It was trained with ${of.backend}; the gate has ${of.engine} and cannot train it again.`;
  if (of.trainedAgain === null) return 'It was not trained again: its spec is not the one of the base, or names no such challenger.';
  if (of.trainedAgain === of.artifact)
    return `Trained again with ${of.engine}, it has the same bytes: it learnt from the rows of its spec and from no other.`;
  const doubt = PORTABLE.test(of.engine) ? '' : ' On another processor this engine may compute differently; a person must tell.';
  return `Trained again with ${of.engine}, it has other bytes.${doubt}`;
}

function reportCheck(expected: Comparable, actual: Comparable): WeighedCheck {
  const differing = Object.keys(expected).filter((key) => digestValue(expected[key] ?? null) !== digestValue(actual[key] ?? null));
  const check = equal('evaluation-report.json says what the gate measured', digestValue(expected), digestValue(actual));
  const why =
    differing.length === 0 ? 'Every figure was measured again and agrees.' : `The gate measured otherwise: ${differing.join(', ')}.`;
  return { ...check, why };
}

type Comparable = Readonly<Record<string, unknown>>;

/** A report without times, cut down to the contenders that the gate measured. What depends on all challengers counts only when all were measured. */
function comparable(report: EvaluationReport, { of, isWhole }: { of: EvaluationReport; isWhole: boolean }): Comparable {
  const { champion, heldOut, model, version, asOf, slices, fairness } = report;
  const common = { model, version, asOf, heldOut, champion: champion === null ? null : timeless(champion) };
  const parts = { ...(slices === undefined ? {} : { slices }), ...(fairness === undefined ? {} : { fairness }) };
  if (isWhole) return { ...report, ...common, baseline: timeless(report.baseline), challengers: report.challengers.map(timeless) };
  const names = new Set(of.challengers.map(({ name }) => name));
  return {
    ...common,
    ...parts,
    challengers: report.challengers.filter(({ name }) => names.has(name)).map(timeless),
    comparisons: report.comparisons.filter(({ challenger }) => names.has(challenger)),
  };
}

function timeless(contender: Contender): Contender {
  return { ...contender, latencyMs: null };
}

function digestOf(bytes: Uint8Array | undefined): Digest | null {
  return bytes === undefined ? null : digestBytes(bytes);
}
