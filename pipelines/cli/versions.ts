import type { ModelVersion } from '../core/schema/model-version.ts';
import type { ModelRepository } from '../ports/model-repository.ts';
import type { Command } from './command.ts';
import { readPlaces } from './places.ts';

interface VersionRow {
  readonly version: string;
  readonly role: 'production' | 'fallback' | 'archived';
  readonly manifest: ModelVersion;
}

/** `holdfast versions [model]`: what lies under versions/, and what deployment.yml makes of it. */
export const versionsCommand: Command = {
  name: 'versions',
  summary: 'List the versions of one model or all: role, parent, training range, digest',
  usage: '[model ...]',
  options: {
    root: { type: 'string', value: '<folder>', description: 'root of the repository (default: here)' },
    json: { type: 'boolean', description: 'print them as JSON' },
  },
  async run(context) {
    const { openModelRepository } = await import('../adapters/files/open-model-repository.ts');
    const repository = openModelRepository(readPlaces(context).root);
    const names = context.positionals.length > 0 ? context.positionals : await repository.models();
    const table: Record<string, VersionRow[]> = {};
    for (const model of names) table[model] = await rowsOf(repository, model);
    if (context.options['json'] === true) context.print(JSON.stringify(table, null, 2));
    else for (const [model, rows] of Object.entries(table)) for (const line of linesOf(model, rows)) context.print(line);
    return 0;
  },
};

async function rowsOf(repository: ModelRepository, model: string): Promise<VersionRow[]> {
  const [{ parseJson }, { ModelVersion }] = await Promise.all([
    import('../stages/parse-json.ts'),
    import('../core/schema/model-version.ts'),
  ]);
  // Also says with its own error that there is no such model.
  await repository.definition(model);
  const deployment = await repository.deployment(model);
  const rows: VersionRow[] = [];
  for (const version of await repository.versions(model)) {
    const bytes = (await repository.versionFile(model, version, 'version.json')) ?? undefined;
    const role = version === deployment?.production ? 'production' : version === deployment?.fallback ? 'fallback' : 'archived';
    rows.push({ version, role, manifest: parseJson(ModelVersion, bytes, `models/${model}/versions/${version}/version.json`) });
  }
  return rows;
}

function linesOf(model: string, rows: readonly VersionRow[]): string[] {
  if (rows.length === 0) return [`${model}: no versions yet`];
  return [model, ...rows.map(lineOf)];
}

function lineOf({ version, role, manifest }: VersionRow): string {
  const { parent, trainedUntil, artifactDigest } = manifest;
  return `  ${version.padEnd(5)} ${role.padEnd(10)} after ${(parent ?? 'none').padEnd(5)} trained until ${trainedUntil}  ${artifactDigest.slice(0, 19)}`;
}
