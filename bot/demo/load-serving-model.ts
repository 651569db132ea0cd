import { parseDeployment } from '../../pipelines/adapters/files/read-definition.ts';
import { OutsideError } from '../../pipelines/core/errors/outside-error.ts';
import { ModelArtifact } from '../../pipelines/core/schema/model-artifact.ts';
import type { Predictor, TrainingRuntime } from '../../pipelines/ports/training-runtime.ts';
import { readBranchFile } from './read-branch-file.ts';

/** The version that production serves, with its model loaded. */
export interface ServingVersion {
  readonly version: string;
  readonly predictor: Predictor;
}

/** Loads what `deployment.yml` names on main, as a serving system would at its next rollout. */
export async function loadServingModel(repository: string, model: string, runtime: TrainingRuntime): Promise<ServingVersion> {
  const file = `models/${model}/deployment.yml`;
  const text = new TextDecoder().decode(await required(repository, file));
  const { production } = parseDeployment({ text, file });
  const folder = `models/${model}/versions/${production}`;
  const artifact = ModelArtifact.parse(JSON.parse(new TextDecoder().decode(await required(repository, `${folder}/model.json`))));
  const weights = await required(repository, `${folder}/weights.bin`);
  return { version: production, predictor: await runtime.load({ artifact, weights }) };
}

async function required(repository: string, path: string): Promise<Uint8Array> {
  const bytes = await readBranchFile(repository, 'main', path);
  if (bytes !== null) return bytes;
  throw new OutsideError({
    code: 'MAIN_INCOMPLETE',
    message: `${path} is not on main of the sandbox`,
    hint: 'start again with an empty --folder',
    retryable: false,
  });
}
