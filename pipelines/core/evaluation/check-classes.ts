import { UserError } from '../errors/user-error.ts';
import type { ModelArtifact } from '../schema/model-artifact.ts';
import type { ModelDefinition } from '../schema/model-definition.ts';

/**
 * Throws a UserError (CLASSES_CHANGED) unless the classes of an artifact are the first ones of the definition, in the same order: called classes and labels are
 * compared by their places. New classes may be appended. Of other tasks neither side has any.
 */
export function checkClasses({ labels }: Pick<ModelDefinition, 'labels'>, { classes = [] }: ModelArtifact, version: string): void {
  const stated = labels.classes ?? [];
  const moved = classes.find((name, place) => stated[place] !== name);
  if (moved === undefined) return;
  throw new UserError({
    code: 'CLASSES_CHANGED',
    message: `${version} answers "${moved}" as class ${classes.indexOf(moved) + 1}, which labels.classes of model.yml does not have there`,
    hint: 'keep the order of labels.classes and append new classes at its end; a class that is given up stays in the list',
  });
}
