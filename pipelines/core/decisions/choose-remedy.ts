import { versionNumber } from '../schema/identifiers.ts';
import type { RemedyTrial, TriedRemedy } from '../schema/remedy-trial.ts';
import { type GainPolicy, worthwhileGain } from './least-gain.ts';

/** Which remedies may be chosen, and what they must bring. */
export interface ChoiceLimits {
  /** Left out: all. Where nothing has got worse, nothing is taken back, but a challenger that helps must not go unasked because an older version would help too. */
  readonly among?: readonly TriedRemedy['kind'][] | undefined;
  /** What a remedy must bring, in the unit of the monitored metric; left out: `worthwhileGain`. */
  readonly leastGain?: number | undefined;
}

/** What a trial recommends, and one sentence for every remedy that was tried: why it is taken, or why it lost. */
export interface ChosenRemedy {
  readonly chosen: TriedRemedy | null;
  readonly because: readonly string[];
}

/** From the least that is changed to the most: of remedies that do equally well the one that changes less is taken. */
const EFFORT: Readonly<Record<TriedRemedy['kind'], number>> = { 'roll-back': 0, recalibrate: 1, retrain: 2 };

const KINDS: readonly TriedRemedy['kind'][] = ['roll-back', 'recalibrate', 'retrain'];

const WORDS: Readonly<Record<TriedRemedy['kind'], string>> = {
  'roll-back': 'Roll back to',
  recalibrate: 'Recalibrate',
  retrain: 'Retrain on',
};

/**
 * The best of the remedies that help by a gain worth having (each change costs a review and risks something; how sure the gain must be, the gate's rules
 * say): the one that improves most, but one that changes less (roll back, then recalibrate, then retrain) is preferred
 * while it lacks less than a gain worth having. null where none helps. A rollback only ever leads to an older version.
 */
export function chooseRemedy(trial: RemedyTrial, policy: GainPolicy, limits: ChoiceLimits = {}): ChosenRemedy {
  const slack = worthwhileGain(policy);
  const { among = KINDS, leastGain = slack } = limits;
  const helping = trial.remedies.filter((remedy) => isHelp(remedy, trial) && gainOf(remedy) >= leastGain);
  const open = helping.filter(({ kind }) => among.includes(kind));
  const most = Math.max(...open.map(gainOf));
  const [chosen = null] = open
    .filter((remedy) => gainOf(remedy) > most - slack)
    .sort((a, b) => EFFORT[a.kind] - EFFORT[b.kind] || gainOf(b) - gainOf(a));
  return { chosen, because: trial.remedies.map((remedy) => sentence(remedy, { chosen, slack, helps: helping.includes(remedy) })) };
}

/** A challenger that would not be taken is no way to help, and a rollback only leads back. */
function isHelp({ kind, name, helps, behind }: TriedRemedy, { champion }: RemedyTrial): boolean {
  return helps && behind === undefined && (kind !== 'roll-back' || versionNumber(name) < versionNumber(champion));
}

function gainOf({ improvement }: TriedRemedy): number {
  return improvement ?? Number.NEGATIVE_INFINITY;
}

interface Standing {
  readonly chosen: TriedRemedy | null;
  readonly slack: number;
  readonly helps: boolean;
}

function sentence(remedy: TriedRemedy, standing: Standing): string {
  return `${nameOf(remedy)}: ${remedy.why}; ${endOf(remedy, standing)}`;
}

function endOf(remedy: TriedRemedy, { chosen, slack, helps }: Standing): string {
  if (remedy === chosen) return 'taken';
  if (helps) return `helps, but ${nameOf(chosen)} is preferred`;
  if (remedy.behind !== undefined) return `a retraining would take ${remedy.behind}`;
  if (!remedy.helps) return 'not shown to help';
  return gainOf(remedy) < slack ? 'too little to be worth a change' : 'too little to be worth a change so soon after the last';
}

function nameOf(remedy: TriedRemedy | null): string {
  return remedy === null ? 'nothing' : `${WORDS[remedy.kind]} ${remedy.name}`;
}
