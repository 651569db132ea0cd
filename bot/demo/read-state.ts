import { emptyModelState, ModelState } from '../../pipelines/core/schema/model-state.ts';
import { readBranchFile } from './read-branch-file.ts';

/** What the bot knows of a model: its file on the state branch, read with plain git. */
export async function readState(repository: string, model: string): Promise<ModelState> {
  const bytes = await readBranchFile(repository, 'holdfast/state', `state/v1/models/${model}.json`);
  return bytes === null ? emptyModelState(model) : ModelState.parse(JSON.parse(new TextDecoder().decode(bytes)));
}
