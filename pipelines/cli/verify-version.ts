import type { ModelRepository } from '../ports/model-repository.ts';
import type { Command } from './command.ts';
import { readPlaces } from './places.ts';

interface VersionProblems {
  readonly model: string;
  readonly version: string;
  readonly problems: readonly string[];
}

/** `holdfast verify-version`: recomputes the digests of the versions that serve, or of one. Exit 1 when a byte is not what version.json binds. */
export const verifyVersionCommand: Command = {
  name: 'verify-version',
  summary: 'Recompute the digests of a version; without a version, of those that deployment.yml names',
  usage: '[model] [version]',
  options: {
    root: { type: 'string', value: '<folder>', description: 'root of the repository (default: here)' },
    json: { type: 'boolean', description: 'print the findings as JSON' },
  },
  async run(context) {
    const { openModelRepository } = await import('../adapters/files/open-model-repository.ts');
    const { readVersion } = await import('../stages/read-version.ts');
    const repository = openModelRepository(readPlaces(context).root);
    const [model, version] = context.positionals;
    const findings: VersionProblems[] = [];
    for (const wanted of await wantedVersions(repository, model, version)) {
      findings.push({ ...wanted, problems: (await readVersion(repository, wanted.model, wanted.version)).problems });
    }
    if (context.options['json'] === true) context.print(JSON.stringify(findings, null, 2));
    else
      for (const line of findings.length === 0 ? ['nothing is deployed: there is nothing to verify'] : findings.flatMap(linesOf))
        context.print(line);
    return findings.every(({ problems }) => problems.length === 0) ? 0 : 1;
  },
};

type Wanted = Omit<VersionProblems, 'problems'>;

async function wantedVersions(repository: ModelRepository, model: string | undefined, version: string | undefined): Promise<Wanted[]> {
  if (model !== undefined && version !== undefined) return [{ model, version }];
  const wanted: Wanted[] = [];
  for (const name of model === undefined ? await repository.models() : [model]) {
    // Also says with its own error that there is no such model.
    await repository.definition(name);
    const deployment = await repository.deployment(name);
    if (deployment !== null) wanted.push({ model: name, version: deployment.production });
  }
  return wanted;
}

function linesOf({ model, version, problems }: VersionProblems): string[] {
  if (problems.length === 0) return [`${model} ${version}: every byte is what version.json binds`];
  return problems.map((problem) => `${model} ${version}: ${problem}`);
}
