import { UserError } from '../core/errors/user-error.ts';
import type { Command } from './command.ts';
import { readPlaces } from './places.ts';

/** `holdfast deployment set <model> <version>`: rewrites deployment.yml; the version that served becomes the fallback. Comments stay. */
export const deploymentCommand: Command = {
  name: 'deployment',
  summary: 'Rewrite deployment.yml of a model: deployment set <model> <version>',
  usage: 'set <model> <version>',
  options: { root: { type: 'string', value: '<folder>', description: 'root of the repository (default: here)' } },
  async run(context) {
    const [verb, model, version] = context.positionals;
    if (verb !== 'set' || model === undefined || version === undefined) {
      throw new UserError({
        code: 'BAD_ARGUMENTS',
        message: 'expected: set <model> <version>',
        hint: '`holdfast deployment --help` shows how',
      });
    }
    const { writeDeployment } = await import('../adapters/files/write-deployment.ts');
    const { root } = readPlaces(context);
    const deployment = await writeDeployment({ root, model, version });
    context.print(`${model}: production ${deployment.production}, fallback ${deployment.fallback ?? 'none'}`);
    return 0;
  },
};
