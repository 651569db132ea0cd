import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { ActionsService, JobPermissions } from '../actions-service.ts';
import type { World } from '../store/world.ts';
import { ACTIONS_LOGIN } from './actions-login.ts';
import { described, extractZip, findArtifact, storeArtifact } from './artifact-files.ts';
import { appendLog, completeJob, createJob, updateJob } from './job-records.ts';
import { publishPages } from './publish-pages.ts';
import { createRun, runOf, updateRun } from './run-records.ts';

/** GITHUB_TOKEN lives at most 24 hours. */
const LIFETIME_MS = 24 * 3_600_000;

/** The Actions side of a world. */
export function createActionsService(world: World, onTrigger: ActionsService['onTrigger']): ActionsService {
  const zipOf = (runId: number, name: string) => {
    const artifact = findArtifact(world, runId, name);
    return artifact === null ? null : new Uint8Array(readFileSync(artifact.file));
  };
  return {
    onTrigger,
    createRun: (run) => createRun(world, run).id,
    updateRun: (runId, change) => updateRun(world, runId, change),
    createJobCheck: (runId, job) => {
      const row = createJob(world, runId, job);
      return { jobId: row.id, checkRunId: row.checkRunId };
    },
    updateJob: (jobId, change) => updateJob(world, jobId, change),
    completeJobCheck: (jobId, result) => completeJob(world, jobId, result),
    appendLog: (jobId, text) => appendLog(world, jobId, text),
    storeArtifact: (runId, name, content) => storeArtifact(world, runId, { name, content }),
    listArtifacts: (runId) => world.artifacts.filter((artifact) => artifact.runId === runId).map(described),
    readArtifact: zipOf,
    extractArtifact: (runId, name, folder) => {
      const zip = zipOf(runId, name);
      if (zip === null) throw new Error(`run ${runId} has no artifact named ${name}`);
      extractZip(zip, folder);
    },
    mintJobToken: (runId, permissions) => mintJobToken(world, runId, permissions),
    revokeJobToken: (token) => {
      if (world.tokens.get(token)?.kind === 'job') world.tokens.delete(token);
    },
    mintIdToken: (runId, environment) => mintIdToken(world, runId, environment),
    publishPages: (runId, folder) => publishPages(world, folder, { sha: runOf(world, runId).headSha }),
    variables: () => Object.fromEntries(world.variables),
  };
}

function mintJobToken(world: World, runId: number, permissions: JobPermissions): string {
  runOf(world, runId);
  const granted: Record<string, 'read' | 'write'> = { metadata: 'read' };
  for (const [name, access] of Object.entries(permissions)) {
    if (access === 'read' || access === 'write') granted[name.replaceAll('-', '_')] = access;
  }
  const token = `ghs_${randomBytes(27).toString('base64url')}`;
  world.tokens.set(token, { kind: 'job', login: ACTIONS_LOGIN, permissions: granted, expiresAt: world.time() + LIFETIME_MS, runId });
  return token;
}

/** Unsigned claims: only this sandbox's Pages endpoint reads them. */
function mintIdToken(world: World, runId: number, environment: string | null): string {
  const run = runOf(world, runId);
  const repository = `${world.settings.owner}/${world.settings.name}`;
  const claims = {
    repository,
    sha: run.headSha,
    ref: `refs/heads/${run.headBranch}`,
    run_id: String(runId),
    environment,
    nonce: randomBytes(8).toString('hex'),
  };
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none', typ: 'JWT' })}.${part(claims)}.`;
}
