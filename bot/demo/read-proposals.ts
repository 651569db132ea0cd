import { GateVerdict } from '../../pipelines/core/schema/gate-verdict.ts';
import type { ModelState } from '../../pipelines/core/schema/model-state.ts';
import type { ProposalFacts } from './final-report.ts';
import { readBranchFile } from './read-branch-file.ts';

/** The proposals of a model with the verdicts that the state branch keeps of them. */
export async function readProposals(repository: string, state: ModelState): Promise<readonly ProposalFacts[]> {
  return Promise.all(
    state.proposals.map(async ({ version, outcome, pullRequest, evidence }) => {
      const path = evidence === null ? null : `verdicts/${evidence.slice('sha256:'.length)}.json`;
      const bytes = path === null ? null : await readBranchFile(repository, 'holdfast/state', path);
      const verdict = bytes === null ? null : GateVerdict.parse(JSON.parse(new TextDecoder().decode(bytes)));
      return {
        version,
        outcome,
        pullRequest,
        verdict: verdict === null ? 'no verdict recorded' : `${verdict.verdict}, ${verdict.summary}`,
      };
    }),
  );
}
