import type { RetrainingTextFacts } from './retraining-text-facts.ts';

/** 'Retrain flight-delay: v1 → v2', or 'Recalibrate flight-delay: v1 → v2' */
export function retrainingTitle({ request }: Pick<RetrainingTextFacts, 'request'>): string {
  const { model, version, champion, recalibrate } = request.spec;
  const verb = recalibrate === undefined ? 'Retrain' : 'Recalibrate';
  return champion === null ? `Train ${model}: ${version}` : `${verb} ${model}: ${champion} → ${version}`;
}
