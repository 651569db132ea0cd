import { readdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { UserError } from '../core/errors/user-error.ts';
import type { Command, CommandContext } from './command.ts';
import { readPlaces } from './places.ts';

/** `holdfast validate`: every problem of the given (or all) model definitions and deployments, with file, line and column. */
export const validateCommand: Command = {
  name: 'validate',
  summary: 'Check model.yml and deployment.yml: file:line:column, what is wrong, what to write instead',
  usage: '[model | file ...]',
  options: {
    root: { type: 'string', value: '<folder>', description: 'root of the repository (default: here)' },
    json: { type: 'boolean', description: 'print the problems as JSON' },
  },
  async run(context) {
    const [{ checkDefinition, problemLine, readText }, { parseYaml }, { Deployment }, { misplaced }, { placeholderLines }] =
      await Promise.all([
        import('../adapters/files/read-definition.ts'),
        import('../adapters/files/parse-yaml.ts'),
        import('../core/schema/deployment.ts'),
        import('../adapters/files/misplaced.ts'),
        import('../adapters/files/placeholder-lines.ts'),
      ]);
    const files = await filesOf(context);
    const problems = [];
    const waiting: string[] = [];
    for (const file of files) {
      const source = { text: await readText(file), file: relative(context.workingDirectory, file) || file };
      const found = file.endsWith('deployment.yml') ? parseYaml(source, Deployment).problems : checkDefinition(source);
      for (const { line, key, text } of placeholderLines(source.text)) waiting.push(`${source.file}:${line} ${key} waits for you: ${text}`);
      problems.push(...(found.length > 0 ? found : await misplaced(file, source)));
    }
    if (context.options['json'] === true) context.print(JSON.stringify({ files: files.length, problems }, null, 2));
    else for (const problem of problems) context.print(problemLine(problem));
    for (const line of waiting) context.note(line);
    for (const line of await recognisedNotes(context)) context.note(line);
    const count = `${files.length} ${files.length === 1 ? 'file' : 'files'}`;
    context.note(
      problems.length === 0 ? `${count}: no problems` : `${count}: ${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}`,
    );
    return problems.length === 0 ? 0 : 1;
  },
};

/** Columns that the references in production recognised as following time although model.yml does not say so. A model that cannot be read has its own problems. */
async function recognisedNotes(context: CommandContext): Promise<string[]> {
  const [{ openModelRepository }, { ReferenceProfile }] = await Promise.all([
    import('../adapters/files/open-model-repository.ts'),
    import('../core/schema/reference-profile.ts'),
  ]);
  const recognisedIn = (file: Uint8Array | null) => {
    if (file === null) return {};
    const read = ReferenceProfile.safeParse(jsonOf(file));
    return read.data?.recognised ?? {};
  };
  const { root } = readPlaces(context);
  const repository = openModelRepository(root);
  const named = context.positionals.filter((name) => !/\.ya?ml$/.test(name));
  const models = context.positionals.length > 0 ? named : await readdir(join(root, 'models')).catch(() => []);
  const notes: string[] = [];
  for (const model of models) {
    const production = (await repository.deployment(model).catch(() => null))?.production;
    const file = production === undefined ? null : await repository.versionFile(model, production, 'reference.json');
    for (const [column, { as, why }] of Object.entries(recognisedIn(file)))
      notes.push(`${model}: ${column} is left out of drift alarms, recognised as ${as}: ${why} Say so in model.yml.`);
  }
  return notes;
}

/** null for bytes that are no JSON: whoever needs the file says so. */
function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}

async function filesOf(context: CommandContext): Promise<string[]> {
  const { root, file } = readPlaces(context);
  const names = context.positionals.length > 0 ? context.positionals : await readdir(join(root, 'models')).catch(() => []);
  const files: string[] = [];
  for (const name of names) {
    if (/\.ya?ml$/.test(name)) files.push(file(name));
    else files.push(join(root, 'models', name, 'model.yml'), ...(await existing(join(root, 'models', name, 'deployment.yml'))));
  }
  if (files.length === 0) {
    throw new UserError({
      code: 'NO_MODELS',
      message: `there is no model under ${join(root, 'models')}`,
      hint: 'check --root, or name a file',
    });
  }
  return files;
}

async function existing(file: string): Promise<string[]> {
  return (await stat(file).catch(() => null)) === null ? [] : [file];
}
