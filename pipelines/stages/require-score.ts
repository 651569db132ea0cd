import { UserError } from '../core/errors/user-error.ts';
import type { ModelDefinition } from '../core/schema/model-definition.ts';

/**
 * A log without scores is enough to train a first version and to replay policies, but not to watch one that serves. Throws a UserError
 * (SCORE_UNNAMED) where model.yml names no score column.
 */
export function requireScore({ name, logs }: Pick<ModelDefinition, 'name' | 'logs'>): void {
  if (logs.columns.score !== undefined) return;
  throw new UserError({
    code: 'SCORE_UNNAMED',
    message: `models/${name}/model.yml names no score column (logs.columns.score), so what ${name} predicts cannot be watched`,
    hint: 'log what the deployed version answers beside the features, and name that column; backtest, specify and train need none',
  });
}
