import { reconcile } from '../reconcile/reconcile.ts';
import type { ReconcileInput, Reconciliation } from '../reconcile/reconcile-input.ts';
import type { RepositoryShell } from './open-repository-shell.ts';

/** Reconciles every model of a repository, one after another. The first error of a model is thrown after the others had their turn. */
export async function reconcileRepository(
  repository: RepositoryShell,
  input: Omit<ReconcileInput, 'model' | 'host' | 'state' | 'openRepository'>,
): Promise<ReadonlyMap<string, Reconciliation>> {
  const { head } = await repository.host.repository();
  const models = head === '' ? [] : await repository.openRepository(head).models();
  const results = new Map<string, Reconciliation>();
  const errors: unknown[] = [];
  for (const model of models) {
    try {
      results.set(model, await reconcile({ ...input, ...repository, model }));
    } catch (error) {
      errors.push(error);
      input.logger.error('a model could not be reconciled', { model, ...problemOf(error) });
    }
  }
  if (errors.length > 0) throw errors[0];
  return results;
}

/** Code and message of an error, for the log. */
export function problemOf(error: unknown): Readonly<Record<string, string>> {
  if (!(error instanceof Error)) return { problem: String(error) };
  return { problem: error.message, ...('code' in error ? { code: String(error.code) } : {}) };
}
