import type { Contender, EvaluationReport } from '../schema/evaluation-report.ts';
import type { MetricName } from '../schema/metric.ts';
import type { ModelDefinition } from '../schema/model-definition.ts';
import type { TrainingSpec } from '../schema/training-spec.ts';
import { type ComparisonRequest, compareContenders } from './compare-contenders.ts';
import type { Answers } from './row-losses.ts';
import { ruleChecks } from './rule-checks.ts';
import { ONE_STANDARD_ERROR, type Selection, selectChallenger, steadiest } from './select-challenger.ts';

export interface Weighing extends Pick<ComparisonRequest, 'timestamps' | 'labels'> {
  readonly definition: ModelDefinition;
  readonly spec: TrainingSpec;
  /** Answers of each challenger to the held-out rows, by its name. */
  readonly answers: ReadonlyMap<string, Answers>;
  /** The report so far: everything but what was selected. */
  readonly measured: Omit<EvaluationReport, 'selected' | 'selectedBecause'>;
}

/**
 * Selects among the challengers that the training was asked for (a trial also measures older versions, which nobody would make): those that the gate's rules would let pass
 * stand before the others, and those whose monitored metric can be computed before those where it cannot.
 */
export function weighChallengers(weighing: Weighing): Selection {
  const { definition, spec, measured, answers, timestamps, labels } = weighing;
  const { metric } = definition.monitoring.performance;
  const asked = orAll(measured.challengers, ({ name }) => spec.challengers.some((each) => each.name === name));
  const passing = orAll(asked, (challenger) => mayPass(challenger, weighing));
  const candidates = orAll(passing, (challenger) => hasValue(challenger, metric));
  const base = steadiest(candidates);
  const champion = answers.get(base.name);
  if (champion === undefined) throw new RangeError(`there are no answers of ${base.name}`);
  const leads = compareContenders({
    timestamps,
    labels,
    task: definition.task,
    champion,
    challengers: candidates.flatMap(({ name }) => {
      const own = answers.get(name);
      return name === base.name || own === undefined ? [] : [{ name, ...own }];
    }),
    metrics: [metric],
    businessValue: definition.businessValue,
    replicates: definition.gate.bootstrapReplicates,
    level: ONE_STANDARD_ERROR,
    seed: spec.training.seed,
  });
  const refused = asked.filter((each) => !passing.includes(each)).map(({ name }) => name);
  return selectChallenger({ base: base.name, leads, metric, refused });
}

/** Those that are so; all of them where none is. */
function orAll(all: readonly Contender[], isSo: (challenger: Contender) => boolean): readonly Contender[] {
  const some = all.filter(isSo);
  return some.length === 0 ? all : some;
}

function mayPass(challenger: Contender, { definition, measured }: Weighing): boolean {
  const report = { ...measured, selected: challenger.name, selectedBecause: '' };
  return ruleChecks(definition.gate.rules, report, challenger).every(({ passed, otherwise }) => passed || otherwise === 'needs-human');
}

function hasValue({ metrics }: Contender, metric: MetricName): boolean {
  return metrics.some((estimate) => estimate.metric === metric && estimate.value !== null);
}
