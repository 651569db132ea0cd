/** Which entry of the state's list of intents (`pending`) is fulfilled when an effect is done; null: none. */
type Settles = string | null;

interface Base {
  /** Names the effect for ever; two effects with one key are one. */
  readonly key: string;
  /** Of what the effect would write: equal to what stands there, nothing is written. */
  readonly fingerprint: string;
}

export interface EnsureIssue extends Base {
  readonly kind: 'ensure-issue';
  readonly incident: string;
  /** null: it must be made. */
  readonly number: number | null;
  readonly title: string;
  readonly text: string;
  readonly labels: readonly string[];
  /** Intent of the creation; null when the issue exists. */
  readonly intent: { readonly nonce: string; readonly highWater: number } | null;
}
export interface CloseIssue extends Base {
  readonly kind: 'close-issue';
  readonly incident: string;
  readonly number: number;
  /** Title and text that stay behind. */
  readonly title: string;
  readonly text: string;
  readonly settles: Settles;
}
/** One comment that is written once, and edited when its text changes. */
export interface EnsureComment extends Base {
  readonly kind: 'ensure-comment';
  readonly number: number;
  readonly text: string;
  readonly settles: Settles;
}
/** Branch, commit with the training spec, pull request, and the run that trains. */
export interface OpenRetrainingEffect extends Base {
  readonly kind: 'open-retraining';
  readonly version: string;
  readonly branch: string;
  readonly headline: string;
  readonly path: string;
  readonly file: string;
  readonly title: string;
  readonly text: string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly runTitle: string;
}
export interface OpenRollback extends Base {
  readonly kind: 'open-rollback';
  readonly branch: string;
  readonly headline: string;
  readonly path: string;
  readonly file: string;
  readonly title: string;
  readonly text: string;
  readonly settles: Settles;
}
export interface EditPull extends Base {
  readonly kind: 'edit-pull';
  readonly number: number;
  readonly title: string;
  readonly text: string;
}
export interface ClosePull extends Base {
  readonly kind: 'close-pull';
  readonly number: number;
  readonly settles: Settles;
}
export interface DispatchGate extends Base {
  readonly kind: 'dispatch-gate';
  readonly version: string;
  readonly branch: string;
  readonly headSha: string;
  readonly inputs: Readonly<Record<string, string>>;
}
/** The training once more, after a run that ended without a version. */
export interface DispatchTraining extends Base {
  readonly kind: 'dispatch-training';
  readonly version: string;
  readonly inputs: Readonly<Record<string, string>>;
}
export interface TagPromotion extends Base {
  readonly kind: 'tag-promotion';
  readonly tags: readonly { readonly name: string; readonly sha: string }[];
  readonly settles: Settles;
}
export interface DispatchWorkflow extends Base {
  readonly kind: 'dispatch-workflow';
  readonly workflow: string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly settles: Settles;
}

/** One thing to be done on GitHub: data, applied by bot/reconcile through find, create, verify. */
export type GitHubEffect =
  | EnsureIssue
  | CloseIssue
  | EnsureComment
  | OpenRetrainingEffect
  | OpenRollback
  | EditPull
  | ClosePull
  | DispatchGate
  | DispatchTraining
  | TagPromotion
  | DispatchWorkflow;

export type EffectOf<Kind extends GitHubEffect['kind']> = Extract<GitHubEffect, { kind: Kind }>;
