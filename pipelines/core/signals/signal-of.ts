import type { CubeCalibration } from '../profile/calibrate-cube.ts';
import type { ClassEstimates } from '../profile/estimate-classes.ts';
import type { Maturity } from '../profile/maturity.ts';
import type { SecondEstimate } from '../profile/second-estimate.ts';
import type { DriftEvidence } from '../schema/drift-evidence.ts';
import type { Instant } from '../schema/instant.ts';
import type { LabelCube } from '../schema/label-cube.ts';
import type { InputEncoding } from '../schema/model-artifact.ts';
import type { ModelDefinition } from '../schema/model-definition.ts';
import type { ReferenceProfile } from '../schema/reference-profile.ts';
import type { RowSample } from '../schema/row-sample.ts';
import type { RowTable } from '../schema/row-table.ts';
import type { ServingCheck } from '../schema/serving-check.ts';
import type { Signal } from '../schema/signal.ts';
import { windowId } from '../schema/window.ts';
import type { WindowProfile } from '../schema/window-profile.ts';
import type { NoisyFigure } from '../statistics/sequential/lasting-drop.ts';

/** The newest mature windows with rows, none of which has a label. */
export interface LabelSilence {
  /** 0: the newest has labels. */
  readonly windows: number;
  readonly rows: number;
  /** Of these rows, as many as should have their label by now if every row gets one. */
  readonly due: number;
  /** Start of the oldest of them, or end of the newest window that has labels. */
  readonly since: Instant;
}

/** How many rows of the newest mature windows have a label; `due`: as many as should if every row gets one. */
export interface LabelCoverage {
  readonly rows: number;
  readonly due: number;
  readonly labelled: number;
}

/** The windows that a version has served up to one window, as their labels have come. */
export interface RealisedHistory {
  /** The agreed metric of each mature window by itself, oldest first. */
  readonly figures: readonly NoisyFigure[];
  /** Windows whose labels are not mature. */
  readonly waiting: number;
  /** Of the window itself. */
  readonly newest: Maturity;
  /** Of the pooled windows together; null where no window is mature. */
  readonly pooled: Maturity | null;
  /** null: no window with rows is mature. Left out: nobody looked. */
  readonly silence?: LabelSilence | null;
  /** Left out: nobody looked. */
  readonly coverage?: LabelCoverage;
}

/**
 * All that signals of one window are measured from. `trailingCubes`: label cubes of the windows that realised performance pools. `cycle`:
 * profiles of the windows of the last calendar cycle that this version served, the window itself among them (see `calendarCycle`; only
 * `$score` and the counts of rows are read; empty where no cycle is pooled). `driftEvidence`: of the windows before this one; left out: there were none.
 * `trailingProfiles`: of the windows that realised performance pools, as far as this version served them, the window itself among them; left out:
 * the window alone. `calibration`: what the reference teaches about its scores (see `calibrateCube`); left out: learnt anew.
 */
export interface WindowEvidence {
  readonly definition: ModelDefinition;
  readonly reference: ReferenceProfile;
  readonly profile: WindowProfile;
  readonly trailingCubes: readonly LabelCube[];
  readonly cycle: readonly WindowProfile[];
  readonly driftEvidence?: DriftEvidence;
  readonly trailingProfiles?: readonly WindowProfile[];
  readonly calibration?: CubeCalibration | null;
  /** What realised performance knows of windows beyond the pooled ones; left out: the pooled ones are all there are, and mature. */
  readonly realised?: RealisedHistory;
  /** Rows of the reference and of the window; null or left out: none were read. */
  readonly sample?: RowSample | null;
  /** Rows of the windows that performance pools, as far as this version served them; null or left out: not read (see `pooledRowsReader`). */
  readonly pooledRows?: RowTable | null;
  /** What the probabilities of all classes say of these rows before their labels; null or left out: nobody asked (see `classReader`). */
  readonly classes?: ClassEstimates | null;
  /** The estimate made again with the reference weighted; null or left out: nobody did (see `secondOpinions`). */
  readonly second?: SecondEstimate | null;
  /** How the version that serves turns columns into inputs; left out: nobody read it. */
  readonly encodings?: readonly InputEncoding[];
  /** Logged answers of the window against those computed again; null or left out: nobody compared. */
  readonly serving?: ServingCheck | null;
}

type Required = 'kind' | 'subject' | 'method' | 'sampleSize' | 'status' | 'why';

/** What a signal says; the parts that are left out are null, the window is the monitoring window. */
export type Statement = Pick<Signal, Required> & Partial<Omit<Signal, Required | 'id' | 'modelVersion'>>;

/** A complete signal. Its id names the monitoring window, also when the measured rows reach further back. */
export function signalOf({ reference, profile }: Pick<WindowEvidence, 'reference' | 'profile'>, statement: Statement): Signal {
  return {
    window: profile.window,
    value: null,
    reference: null,
    interval: null,
    pValue: null,
    threshold: null,
    ...statement,
    id: `${statement.kind}/${statement.subject}/${windowId(profile.window)}`,
    modelVersion: reference.version,
  };
}
