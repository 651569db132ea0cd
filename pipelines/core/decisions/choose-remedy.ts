import { versionNumber } from '../schema/identifiers.ts';
import type { ModelDefinition } from '../schema/model-definition.ts';
import type { RemedyTrial, TriedRemedy } from '../schema/remedy-trial.ts';

/** What says how much a change of version must bring. */
type GainPolicy = Pick<ModelDefinition, 'monitoring' | 'retraining'>;

/**
 * The least gain worth a change of version, in the unit of the monitored metric: as the owner says, or a quarter of the drop that the owner would let pass. Each
 * promotion takes a review and starts a cooldown: spent on a small gain, it is not there when the world moves.
 */
export function worthwhileGain({ monitoring, retraining }: GainPolicy): number {
  return retraining.minimumGain ?? monitoring.performance.toleratedDrop / 4;
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
 * while it lacks less than a gain worth having. null where none helps. A rollback only ever leads to an older version. `among` leaves kinds out of the choice:
 * where nothing has got worse, nothing is taken back, but a challenger that helps must not go unasked because an older version would help too.
 */
export function chooseRemedy(trial: RemedyTrial, policy: GainPolicy, among: readonly TriedRemedy['kind'][] = KINDS): ChosenRemedy {
  const slack = worthwhileGain(policy);
  const helping = trial.remedies.filter((remedy) => remedy.helps && gainOf(remedy) >= slack && leadsBack(remedy, trial));
  const open = helping.filter(({ kind }) => among.includes(kind));
  const most = Math.max(...open.map(gainOf));
  const [chosen = null] = open
    .filter((remedy) => gainOf(remedy) > most - slack)
    .sort((a, b) => EFFORT[a.kind] - EFFORT[b.kind] || gainOf(b) - gainOf(a));
  return { chosen, because: trial.remedies.map((remedy) => sentence(remedy, { chosen, helps: helping.includes(remedy) })) };
}

function leadsBack({ kind, name }: TriedRemedy, { champion }: RemedyTrial): boolean {
  return kind !== 'roll-back' || versionNumber(name) < versionNumber(champion);
}

function gainOf({ improvement }: TriedRemedy): number {
  return improvement ?? Number.NEGATIVE_INFINITY;
}

function sentence(remedy: TriedRemedy, { chosen, helps }: { readonly chosen: TriedRemedy | null; readonly helps: boolean }): string {
  const lost = remedy.helps ? 'too little to be worth a change' : 'not shown to help';
  const end = remedy === chosen ? 'taken' : helps ? `helps, but ${nameOf(chosen)} is preferred` : lost;
  return `${nameOf(remedy)}: ${remedy.why}; ${end}`;
}

function nameOf(remedy: TriedRemedy | null): string {
  return remedy === null ? 'nothing' : `${WORDS[remedy.kind]} ${remedy.name}`;
}
