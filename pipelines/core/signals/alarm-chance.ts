import type { ModelDefinition } from '../schema/model-definition.ts';
import { columnSubjects } from './column-subjects.ts';

/**
 * How the looks of a statement that is held against a limit hang together. `fresh`: rows of this window alone, and an incident waits for monitoring.incident.openAfter
 * alerts in a row. `at once`: one alert opens an incident. `pooled`: the rows of several windows, most of them seen by the look before, and the wait for openAfter.
 */
export type Look = 'fresh' | 'at once' | 'pooled';

/**
 * Of the false alarms of the budget, how many the statements of each look may take together. Drift and realised performance have evidence of their own. An estimate of
 * performance is held to the band that is shown: it holds the doubt of its calibration too, and alarmed in none of the streams in which nothing changes.
 */
const SHARE: Readonly<Record<Look, number>> = { fresh: 0.1, 'at once': 0.1, pooled: 0.5 };
/** No statement alerts on less than an interval of 95 % would. */
const MOST = 0.025;

/** Statements that each watched column can make, and those about the log and the service: rather too many than too few. */
const OF_A_COLUMN = 4;
const OF_THE_LOG = 10;

/**
 * The chance with which one look of one statement may alert although its limit is kept: so small that all statements of a model together open at most their
 * share of the false alarms of monitoring.falseAlarmBudget.
 *
 * - at once: budget · statements · chance ≤ share (union bound).
 * - pooled: an incident takes openAfter alerts, whatever they share, so that budget · statements · chance / openAfter ≤ share (Markov's inequality).
 * - fresh: where each window keeps the limit, windows are independent given their rates however much these wander, so that openAfter alerts in a row have
 *   chance^openAfter: budget · statements · chance^openAfter ≤ share.
 */
export function alarmChance(definition: ModelDefinition, look: Look): number {
  const { falseAlarmBudget, incident } = definition.monitoring;
  const each = SHARE[look] / (falseAlarmBudget * statementsOf(definition, look));
  const chance = { 'at once': each, pooled: each * incident.openAfter, fresh: each ** (1 / incident.openAfter) }[look];
  return Math.min(MOST, chance);
}

/** From the definition alone: what a window holds may not change how it is judged. */
function statementsOf(definition: ModelDefinition, look: Look): number {
  const columns = columnSubjects(definition);
  if (look === 'fresh') return OF_A_COLUMN * columns.length + OF_THE_LOG;
  // Each column stuck or unreadable, and served otherwise than it was logged.
  if (look === 'at once') return columns.length + 1;
  const limits = Object.values(definition.monitoring.fairness.limits).filter((limit) => limit !== undefined).length;
  const slices = definition.slices.filter(({ toleratedIncrease }) => toleratedIncrease !== undefined).length;
  const agreement = definition.labels.minimumAgreement === undefined ? 0 : 1;
  return Math.max(1, agreement + slices + limits * columns.filter(({ role }) => role === 'protected').length);
}
