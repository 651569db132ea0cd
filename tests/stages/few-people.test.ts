import { beforeAll, expect, test } from 'vitest';
import { specifyInitialTraining } from '../../pipelines/core/registry/specify-training.ts';
import { EvaluationReport } from '../../pipelines/core/schema/evaluation-report.ts';
import { ModelVersion } from '../../pipelines/core/schema/model-version.ts';
import { ReferenceProfile } from '../../pipelines/core/schema/reference-profile.ts';
import { watchModel } from '../../pipelines/stages/watch.ts';
import type { WatchResult } from '../../pipelines/stages/watch-input.ts';
import { MemoryArtifacts } from '../fakes/memory-artifacts.ts';
import { loansOf, MemoryLog } from '../fakes/memory-log.ts';
import { MemoryRepository } from '../fakes/memory-repository.ts';
import { watchedState } from '../fakes/policy-world.ts';
import { day, gatedDefinition, START, textOf, trainVersion } from '../fakes/version-world.ts';

const LEAST = 20;
/** Seven boats among the rows that the version is judged on, three in each window that is watched after. */
const [BOATS, LATER] = [7, 3];

function log(): MemoryLog {
  const found = new MemoryLog();
  for (let count = 0; count < 35; count += 1) {
    const boats = count < 21 ? 0 : count < 28 ? BOATS / 7 : LATER;
    found.add(loansOf(day(count), { rows: 260, skill: 0.5 }).map((row, index) => (index < boats ? { ...row, purpose: 'boat' } : row)));
  }
  return found;
}

const written = gatedDefinition({
  columns: [
    { name: 'income', kind: 'numeric' },
    { name: 'purpose', kind: 'categorical', role: 'protected', values: ['boat', 'car', 'house', 'study'] },
  ],
  slices: [
    { name: 'on land', where: { purpose: ['car', 'house', 'study'] } },
    { name: 'at sea', where: { purpose: 'boat' } },
  ],
});

let files: Readonly<Record<string, string>>;
let watched: WatchResult;
let purposes: readonly string[];

beforeAll(async () => {
  const held = log();
  purposes = [...new Set(held.rowsHeld.map(({ purpose }) => purpose ?? ''))].sort();
  const range = { start: START, end: day(21) };
  const spec = specifyInitialTraining({
    definition: written,
    version: 'v1',
    decision: 'by hand',
    asOf: day(29),
    range,
    heldOut: { start: day(21), end: day(28) },
  });
  const made = await trainVersion(held, new MemoryRepository(written), spec);
  files = Object.fromEntries(Object.entries(made).map(([name, bytes]) => [name, textOf(bytes)]));
  const reference = ReferenceProfile.parse(JSON.parse(files['reference.json'] ?? ''));
  const championVersion = ModelVersion.parse(JSON.parse(files['version.json'] ?? ''));
  const deployment = { schemaVersion: 1 as const, model: 'loan', production: 'v1', fallback: null };
  watched = await watchModel({
    definition: written,
    deployment,
    reference,
    championVersion,
    state: watchedState(),
    log: held,
    labels: held,
    artifacts: new MemoryArtifacts(),
    asOf: day(35),
  });
});

test('the name of a group of a few people is in no file of a version and in nothing that is said of a window', () => {
  const { 'weights.bin': _, ...texts } = files;

  expect(purposes).toContain('boat');
  expect(
    Object.entries(texts)
      .filter(([, text]) => text.includes('boat'))
      .map(([name]) => name),
  ).toEqual([]);
  expect(JSON.stringify(watched.report)).not.toContain('boat');
  expect(JSON.stringify(watched.summaries)).not.toContain('boat');
});

test('nor is how many they are, by subtraction from all rows', () => {
  const report = EvaluationReport.parse(JSON.parse(files['evaluation-report.json'] ?? ''));
  const reference = ReferenceProfile.parse(JSON.parse(files['reference.json'] ?? ''));
  const purpose = reference.profile.columns['purpose'];
  const [attribute] = report.fairness ?? [];
  const counted = (attribute?.groups ?? []).reduce((sum, { rows }) => sum + rows, 0);
  const sea = report.slices?.declared.map(({ rows }) => rows);

  expect(counted).toBe(report.heldOut.rows);
  expect(attribute?.foldedRows).toBe(0);
  expect(sea).toEqual([0, 0]);
  expect(purpose?.kind === 'categorical' ? purpose.other : 0).toBe(LEAST);
  for (const { columns, rows } of watched.summaries) {
    const told = (columns['purpose']?.shares ?? []).map((share) => Math.round(share * rows));
    expect(told.filter((count) => count > 0 && count < LEAST)).toEqual([]);
  }
});

test('by no signal of a window', () => {
  const parts = watched.summaries
    .flatMap(({ signals }) => signals)
    .filter(({ kind }) => kind === 'fairness' || kind === 'slice-performance');

  expect(parts.length).toBeGreaterThan(0);
  for (const { sampleSize, why } of parts) {
    expect(sampleSize === 0 || sampleSize >= LEAST).toBe(true);
    expect(why).not.toMatch(/\b(?:[1-9]|1\d) rows?\b(?! or)/);
  }
});
