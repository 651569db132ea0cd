import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { canonicalJson, canonicalLine } from '../../pipelines/core/digest/canonical-json.ts';
import { Deployment } from '../../pipelines/core/schema/deployment.ts';
import { ModelDefinition, type WrittenModelDefinition } from '../../pipelines/core/schema/model-definition.ts';
import { auditEvents, NOW, parcelState, staleState, V1, V2, V3, V3_AGAIN } from './fixture-state.ts';
import { evaluationReport, evidenceOf, gateVerdict, versionFiles } from './fixture-version.ts';

/**
 * Test data, invented and deterministic, valid by every schema: `parcel-late` with a promotion, a refused and a waiting retraining
 * and open incidents; `quote-accepted`, whose data stopped; `upsell`, never deployed. Not product data: nothing ships it.
 */
export function fixtureFiles(): Record<string, string> {
  const state = parcelState();
  const files: Record<string, string> = {
    'models/parcel-late/model.yml': definition('parcel-late', 'Warn the shop before a parcel leaves that it will probably arrive late.'),
    'models/parcel-late/deployment.yml': deployment('parcel-late', 'v2', 'v1'),
    'models/quote-accepted/model.yml': definition('quote-accepted', 'Rank insurance quotes by how likely the customer accepts them.'),
    'models/quote-accepted/deployment.yml': deployment('quote-accepted', 'v1', null),
    'models/upsell/model.yml': definition('upsell', 'Choose customers who will probably want the larger plan.'),
    'state/state/v1/models/parcel-late.json': canonicalJson(state),
    'state/state/v1/models/quote-accepted.json': canonicalJson(staleState('quote-accepted')),
  };
  const stale = { ...V1, model: 'quote-accepted' };
  for (const facts of [V1, V2, stale]) {
    for (const [name, text] of Object.entries(versionFiles(facts))) files[`models/${facts.model}/versions/${facts.version}/${name}`] = text;
  }
  for (const verdict of [gateVerdict(V2, 'pass'), gateVerdict(V3, 'fail'), gateVerdict(V3_AGAIN, 'pass')]) {
    files[`state/verdicts/${verdict.evidenceDigest.slice('sha256:'.length)}.json`] = canonicalJson(verdict);
  }
  files[`state/evaluations/${evidenceOf(V3).slice('sha256:'.length)}.json`] = canonicalJson(evaluationReport(V3));
  for (const event of auditEvents()) {
    const month = `state/state/v1/events/${event.at.slice(0, 7)}.ndjson`;
    files[month] = `${files[month] ?? ''}${canonicalLine(event)}\n`;
  }
  return files;
}

/** Writes the fixture below a folder and tells the settings that make the dashboard read it. */
export function writeFixture(folder: string): Record<string, string> {
  for (const [name, text] of Object.entries(fixtureFiles())) {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return {
    HOLDFAST_MODELS_DIR: join(folder, 'models'),
    HOLDFAST_STATE_DIR: join(folder, 'state'),
    HOLDFAST_REPOSITORY_URL: 'https://github.example/acme/models',
    HOLDFAST_BUILT_AT: NOW,
  };
}

/** JSON is YAML: the reader of definitions takes it. */
function definition(name: string, objective: string): string {
  const written: WrittenModelDefinition = {
    schemaVersion: 1,
    name,
    task: 'binary',
    objective,
    outOfScope: ['Decisions about people'],
    owner: 'data science team',
    stakeholders: ['customer care', 'finance'],
    successMetrics: [{ metric: 'rocAuc', target: 0.62, why: 'Below this the ranking is not worth showing.' }],
    columns: [
      { name: 'hour', kind: 'numeric', unit: 'hour of day', calendar: true },
      { name: 'origin', kind: 'categorical' },
      { name: 'distance', kind: 'numeric', unit: 'km' },
    ],
    logs: { format: 'parquet', path: `${name}/*.parquet`, columns: { id: 'id', timestamp: 'ts', score: 'score' } },
    labels: {
      format: 'parquet',
      path: `${name}-labels/*.parquet`,
      columns: { id: 'id', label: 'label' },
      positive: '1',
      negative: '0',
      delay: 'P1D',
    },
    gate: { rules: [{ kind: 'relative', metric: 'rocAuc', minimumImprovement: 0 }] },
    retraining: { cost: 50 },
    businessValue: {
      currency: 'USD',
      threshold: 0.3,
      truePositive: 0,
      falsePositive: -4,
      falseNegative: -10,
      trueNegative: 0,
      assumption: 'invented for tests',
      assumedOn: '2026-01-01',
      owner: 'finance',
    },
  };
  ModelDefinition.parse(written);
  return canonicalJson(written);
}

function deployment(model: string, production: string, fallback: string | null): string {
  return canonicalJson(Deployment.parse({ schemaVersion: 1, model, production, fallback }));
}
