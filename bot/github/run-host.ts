import { createHash } from 'node:crypto';
import { OutsideError } from '../../pipelines/core/errors/outside-error.ts';
import type { CodeHost } from '../effects/code-host.ts';
import { callGitHub, callOrNull } from './call-github.ts';
import { toRun } from './host-json.ts';
import type { RepositoryAddress } from './repository-address.ts';
import { unzipSingleFile } from './unzip-single-file.ts';

type RunHost = Pick<CodeHost, 'dispatch' | 'run' | 'runs' | 'artifact'>;

const NEWEST = 30;
/** A zip of one JSON file is hardly larger than the file. */
const ZIP_RESERVE = 64_000;

/** Workflows, their runs and artifacts. */
export function openRunHost(address: RepositoryAddress): RunHost {
  const { client, owner, repo } = address;
  const { actions } = client.rest;
  return {
    async dispatch({ workflow, ref, inputs }) {
      const route = 'POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches';
      const body = { owner, repo, workflow_id: workflow, ref, inputs: { ...inputs }, return_run_details: true };
      const { data } = await callGitHub(`start ${workflow}`, () => client.request(route, body));
      return runIdOf(data);
    },
    async run(id) {
      const found = await callOrNull(`read run ${id}`, [404], () => actions.getWorkflowRun({ owner, repo, run_id: id }));
      return found === null ? null : toRun(found.data);
    },
    async runs(workflow, headSha) {
      const query = { owner, repo, workflow_id: workflow, per_page: NEWEST, ...(headSha === undefined ? {} : { head_sha: headSha }) };
      const found = await callOrNull(`list runs of ${workflow}`, [404], () => actions.listWorkflowRuns(query));
      return (found?.data.workflow_runs ?? []).map(toRun);
    },
    async artifact(runId, { name, maxBytes }) {
      const { data } = await callGitHub(`list artifacts of run ${runId}`, () =>
        actions.listWorkflowRunArtifacts({ owner, repo, run_id: runId, name }),
      );
      const found = data.artifacts.find((artifact) => artifact.name === name && !artifact.expired);
      if (found === undefined) return null;
      if (found.size_in_bytes > maxBytes + ZIP_RESERVE) throw unusable(name, runId, `it has ${found.size_in_bytes} bytes`);
      const zip = await download(address, found.id);
      if (typeof found.digest === 'string' && found.digest !== digestOf(zip))
        throw unusable(name, runId, 'its bytes have another digest than GitHub says');
      return unpack(zip, { name, runId, maxBytes });
    },
  };
}

async function download({ client, owner, repo }: RepositoryAddress, artifactId: number): Promise<Buffer> {
  const query = { owner, repo, artifact_id: artifactId, archive_format: 'zip' };
  const { data } = await callGitHub(`download artifact ${artifactId}`, () => client.rest.actions.downloadArtifact(query));
  return Buffer.from(data as ArrayBuffer);
}

function unpack(zip: Buffer, { name, runId, maxBytes }: { name: string; runId: number; maxBytes: number }): Uint8Array {
  try {
    return unzipSingleFile(zip, maxBytes);
  } catch (cause) {
    throw unusable(name, runId, cause instanceof Error ? cause.message : String(cause));
  }
}

function runIdOf(data: unknown): number | null {
  if (typeof data !== 'object' || data === null || !('workflow_run_id' in data)) return null;
  return typeof data.workflow_run_id === 'number' ? data.workflow_run_id : null;
}

function digestOf(bytes: Buffer): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

function unusable(name: string, runId: number, problem: string): OutsideError {
  return new OutsideError({
    code: 'ARTIFACT_UNUSABLE',
    message: `the artifact ${name} of run ${runId} is not used: ${problem}`,
    hint: 'run the workflow again; an artifact that is wrong twice has been made by something else',
    retryable: false,
  });
}
