import type { Decision } from '../schema/decision.ts';
import type { SignalKind } from '../schema/signal.ts';
import { refuseRetraining, requestRetraining } from './decide-retraining.ts';
import type { DecisionInput, RetrainingCommand } from './decision-input.ts';
import { isOngoing } from './incident-kinds.ts';
import { observeFacts } from './observe-facts.ts';
import { NOTHING_OBSERVED } from './observed-facts.ts';
import { findObstacleToCommand } from './retraining-obstacles.ts';

const PERFORMANCE: ReadonlySet<SignalKind> = new Set(['realised-performance', 'estimated-performance']);

/**
 * Answers `/holdfast retrain`: broken data, a spent budget and an open retraining refuse it; cooldown and label counts do not
 * (the gate still wants enough labelled rows). Always exactly one decision. `input.state` is the state as it stands now.
 * Whether the person may ask is checked before, by the command's permission floor.
 */
export function decideCommand(input: DecisionInput, command: RetrainingCommand): Decision[] {
  const state = observeFacts(input.state, input.observed ?? NOTHING_OBSERVED, input.report.asOf);
  const treated = state.incidents.filter((incident) => isOngoing(incident) && PERFORMANCE.has(incident.kind));
  const text = `${command.login} asked with /holdfast retrain`;
  const wish = {
    because: [{ kind: 'command' as const, ref: String(command.commentId), window: null, text }],
    incidents: treated.filter(({ status }) => status !== 'muted').map(({ id }) => id),
    asker: `comment ${command.commentId}`,
  };
  const obstacle = findObstacleToCommand(input, state);
  return [obstacle === null ? requestRetraining(input, state, wish) : refuseRetraining(input, obstacle, wish)];
}
