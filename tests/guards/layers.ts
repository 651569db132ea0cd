/** One room of the house: which files belong to it, and what they may import. First match wins. */
export interface Layer {
  readonly name: string;
  readonly files: RegExp;
  /** Own files by path, packages by name; `node:` modules as they are written. */
  readonly mayImport: RegExp;
}

const CORE_ORDER = ['schema', 'statistics', 'digest', 'profile', 'signals', 'business', 'evaluation', 'registry', 'decisions', 'views'];

/** A room of the core may import itself and the rooms before it, and the error classes. */
function coreRoom(room: string): Layer {
  const before = CORE_ORDER.slice(0, CORE_ORDER.indexOf(room) + 1).join('|');
  return {
    name: `core/${room}`,
    files: new RegExp(`^pipelines/core/${room}/`),
    mayImport: new RegExp(`^(pipelines/core/(${before}|errors)/)`),
  };
}

const PORTS = 'pipelines/ports/';
const CORE = 'pipelines/core/';

/** The table of imports (ARCHITECTURE.md). */
export const LAYERS: readonly Layer[] = [
  { name: 'core/schema', files: /^pipelines\/core\/schema\//, mayImport: /^(zod$|pipelines\/core\/schema\/)/ },
  { name: 'core/errors', files: /^pipelines\/core\/errors\//, mayImport: /^pipelines\/core\/errors\// },
  { name: 'core/statistics', files: /^pipelines\/core\/statistics\//, mayImport: /^(simple-statistics$|pipelines\/core\/statistics\/)/ },
  { name: 'core/digest', files: /^pipelines\/core\/digest\//, mayImport: /^(@noble\/hashes\/|pipelines\/core\/(schema|digest)\/)/ },
  ...CORE_ORDER.slice(3).map(coreRoom),
  { name: 'ports', files: /^pipelines\/ports\//, mayImport: /^pipelines\/(core\/schema|ports)\// },
  { name: 'stages', files: /^pipelines\/stages\//, mayImport: new RegExp(`^(${CORE}|${PORTS}|pipelines/stages/|zod$)`) },
  {
    name: 'adapters/duckdb',
    files: /^pipelines\/adapters\/duckdb\//,
    mayImport: new RegExp(`^(${CORE}|${PORTS}|pipelines/adapters/duckdb/|node:|@duckdb/node-api$)`),
  },
  {
    name: 'adapters/linear',
    files: /^pipelines\/adapters\/linear\//,
    mayImport: new RegExp(`^(${CORE}|${PORTS}|pipelines/adapters/linear/)`),
  },
  {
    name: 'adapters/tfjs',
    files: /^pipelines\/adapters\/tfjs\//,
    mayImport: new RegExp(`^(${CORE}|${PORTS}|pipelines/adapters/tfjs/|node:|@tensorflow/)`),
  },
  {
    name: 'adapters/git',
    files: /^pipelines\/adapters\/git\//,
    mayImport: new RegExp(`^(${CORE}|${PORTS}|pipelines/adapters/git/|node:|yaml$)`),
  },
  {
    name: 'adapters/files',
    files: /^pipelines\/adapters\/files\//,
    mayImport: new RegExp(`^(${CORE}|${PORTS}|pipelines/adapters/files/|node:|yaml$|zod$)`),
  },
  { name: 'roots of pipelines', files: /^pipelines\/(cli\/|cli\.ts$)/, mayImport: /^(pipelines\/|node:|zod$)/ },
  { name: 'bot/markdown', files: /^bot\/markdown\//, mayImport: new RegExp(`^(${CORE}|bot/markdown/)`) },
  { name: 'bot/commands', files: /^bot\/commands\//, mayImport: new RegExp(`^(${CORE}|bot/commands/)`) },
  {
    name: 'bot/effects',
    files: /^bot\/effects\//,
    mayImport: new RegExp(`^(${CORE}|${PORTS}|bot/(effects|markdown|commands)/|@noble/hashes/)`),
  },
  {
    name: 'bot/reconcile',
    files: /^bot\/reconcile\//,
    mayImport: new RegExp(`^(${CORE}|${PORTS}|pipelines/stages/|bot/(reconcile|effects|markdown|commands)/)`),
  },
  {
    name: 'bot/github',
    files: /^bot\/github\//,
    mayImport: new RegExp(`^(${CORE}|${PORTS}|pipelines/adapters/files/|bot/(github|effects|markdown)/|@octokit/|node:|zod$)`),
  },
  {
    name: 'bot/sandbox',
    files: /^bot\/sandbox\//,
    mayImport: /^(bot\/sandbox\/|node:|markdown-it$|@actions\/|@octokit\/webhooks|yaml$|zod$)/,
  },
  {
    name: 'bot/simulator',
    files: /^bot\/simulator\//,
    mayImport:
      /^(bot\/simulator\/|node:|@duckdb\/node-api$|pipelines\/(ports|core\/schema)\/|pipelines\/core\/statistics\/distributions\/seeded-random\.ts$)/,
  },
  {
    name: 'roots of bot',
    files: /^bot\/((app|headless|cli|demo)\.ts$|(cli|demo|roots)\/|holdfast\.js$)/,
    mayImport: /^(pipelines\/|bot\/|node:|probot$|@octokit\/|@duckdb\/node-api$|vega-datasets|zod$)/,
  },
  { name: 'dashboard', files: /^dashboard\//, mayImport: new RegExp(`^(${CORE}|dashboard/|node:|astro|chart\\.js|yaml$|zod$)`) },
];

/** Files that only roots may import. */
export const ROOTS = /^(pipelines\/cli\.ts|bot\/(app|headless|cli|demo)\.ts)$/;
