import type { RetrainingTextFacts } from './retraining-text-facts.ts';

/** 'Retrain flight-delay: v1 → v2' */
export function retrainingTitle({ request }: Pick<RetrainingTextFacts, 'request'>): string {
  const { model, version, champion } = request.spec;
  return champion === null ? `Train ${model}: ${version}` : `Retrain ${model}: ${champion} → ${version}`;
}
