import { canonicalJson } from '../core/digest/canonical-json.ts';
import type { LabelLog } from '../ports/label-log.ts';
import type { PredictionLog } from '../ports/prediction-log.ts';

const KEPT_ANSWERS = 64;

/**
 * A log that remembers its newest answers, so that the contestants of a replay, which ask the same at the same moment, read it once. For logs
 * that do not change meanwhile. Answers are shared: nobody may change them.
 */
export function rememberingLog(log: PredictionLog & LabelLog): PredictionLog & LabelLog {
  const answers = new Map<string, Promise<unknown>>();
  // The type of an answer is that of its question: keys of two questions never meet.
  function once<Answer>(question: readonly unknown[], ask: () => Promise<Answer>): Promise<Answer> {
    const key = canonicalJson(question);
    const answer = (answers.get(key) as Promise<Answer> | undefined) ?? ask();
    answers.delete(key);
    answers.set(key, answer);
    const [oldest] = answers.keys();
    if (answers.size > KEPT_ANSWERS && oldest !== undefined) answers.delete(oldest);
    return answer;
  }
  return {
    coverage: (asOf) => once(['coverage', asOf], () => log.coverage(asOf)),
    learnGrids: (range, asOf) => once(['learnGrids', range, asOf], () => log.learnGrids(range, asOf)),
    profile: (windows, grids, asOf) => once(['profile', windows, grids, asOf], () => log.profile(windows, grids, asOf)),
    rows: (request) => once(['rows', request], () => log.rows(request)),
    cubes: (windows, asOf) => once(['cubes', windows, asOf], () => log.cubes(windows, asOf)),
    arrivals: (windows, asOf) => once(['arrivals', windows, asOf], () => log.arrivals(windows, asOf)),
    countLabelled: (range, asOf) => once(['countLabelled', range, asOf], () => log.countLabelled(range, asOf)),
    annotations: (range, asOf) => once(['annotations', range, asOf], async () => (await log.annotations?.(range, asOf)) ?? null),
  };
}
