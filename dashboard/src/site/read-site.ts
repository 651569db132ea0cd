import { readFileSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { AuditEvent } from '../../../pipelines/core/schema/audit-event.ts';
import { EvaluationReport } from '../../../pipelines/core/schema/evaluation-report.ts';
import { GateVerdict } from '../../../pipelines/core/schema/gate-verdict.ts';
import { Instant } from '../../../pipelines/core/schema/instant.ts';
import type { SiteSource } from '../../../pipelines/core/views/site-source.ts';
import { checked, namesIn, readChecked } from './read-checked.ts';
import { readModels } from './read-models.ts';

/** Reads everything that is committed, once for all pages. Settings come from the environment: see dashboard/README.md. */
export function readSite(environment: NodeJS.ProcessEnv, dashboardRoot: string): SiteSource {
  const modelsDir = folderOf(environment['HOLDFAST_MODELS_DIR'], join(dashboardRoot, '..', 'models'));
  const stateDir = folderOf(environment['HOLDFAST_STATE_DIR'], join(dashboardRoot, '..', '.holdfast', 'state'));
  return {
    models: readModels(modelsDir, stateDir),
    verdicts: readVerdicts(join(stateDir, 'verdicts')),
    evaluations: readEvaluations(join(stateDir, 'evaluations')),
    events: readEvents(join(stateDir, 'state', 'v1', 'events')),
    repositoryUrl: addressOf(environment['HOLDFAST_REPOSITORY_URL']),
    builtAt: instantOf(environment['HOLDFAST_BUILT_AT']),
    clock: environment['HOLDFAST_CLOCK'] === 'simulated' ? 'simulated' : 'wall',
  };
}

function folderOf(setting: string | undefined, fallback: string): string {
  if (setting === undefined || setting === '') return fallback;
  return isAbsolute(setting) ? setting : resolve(setting);
}

/** Only http(s) addresses become links. */
function addressOf(setting: string | undefined): string | null {
  return setting !== undefined && /^https?:\/\//.test(setting) ? setting.replace(/\/+$/, '') : null;
}

function instantOf(setting: string | undefined): Instant {
  const text = setting === undefined || setting === '' ? new Date().toISOString() : setting;
  return Instant.parse(text.replace(/\.\d+Z$/, 'Z'));
}

function readVerdicts(folder: string): GateVerdict[] {
  const files = namesIn(folder).filter((name) => name.endsWith('.json'));
  return files.flatMap((name) => readChecked(GateVerdict, join(folder, name)) ?? []);
}

/** By the evidence digest that names the file. */
function readEvaluations(folder: string): Record<string, EvaluationReport> {
  const files = namesIn(folder).filter((name) => /^[0-9a-f]{64}\.json$/.test(name));
  const read = files.map(
    (name) => [`sha256:${name.slice(0, -'.json'.length)}`, readChecked(EvaluationReport, join(folder, name))] as const,
  );
  return Object.fromEntries(read.flatMap(([digest, report]) => (report === null ? [] : [[digest, report]])));
}

function readEvents(folder: string): AuditEvent[] {
  const events = namesIn(folder).flatMap((name) => {
    const lines = readFileSync(join(folder, name), 'utf8').split('\n');
    return lines.flatMap((line, index) => (line.trim() === '' ? [] : [checked(AuditEvent, line, `${join(folder, name)}:${index + 1}`)]));
  });
  return events.sort((a, b) => a.sequence - b.sequence);
}
