import type { CommandEntry } from './cli/command-entry.ts';

/** Commands that need no GitHub, in the order in which a newcomer meets them. */
export const pipelineCommands: readonly CommandEntry[] = [
  {
    name: 'init',
    summary: 'write a first model.yml from a log',
    load: async () => (await import('./cli/init.ts')).initCommand,
  },
  {
    name: 'validate',
    summary: 'check model.yml and deployment.yml, with file, line and column',
    load: async () => (await import('./cli/validate.ts')).validateCommand,
  },
  {
    name: 'compare',
    summary: 'what has changed between two files, or in the log of a model',
    load: async () => (await import('./cli/compare.ts')).compareCommand,
  },
  {
    name: 'backtest',
    summary: 'what would the policy have done on past logs?',
    load: async () => (await import('./cli/backtest.ts')).backtestCommand,
  },
  {
    name: 'watch',
    summary: 'measure the windows completed since the last run',
    load: async () => (await import('./cli/watch.ts')).watchCommand,
  },
  {
    name: 'explain',
    summary: 'the chain from a decision or incident back to the rows',
    load: async () => (await import('./cli/explain.ts')).explainCommand,
  },
  {
    name: 'queue',
    summary: 'which rows to label next, in a local file',
    load: async () => (await import('./cli/queue.ts')).queueCommand,
  },
  {
    name: 'specify',
    summary: 'write the training spec of a first version',
    load: async () => (await import('./cli/specify.ts')).specifyCommand,
  },
  {
    name: 'train',
    summary: 'train and evaluate the challengers of a training spec',
    load: async () => (await import('./cli/train.ts')).trainCommand,
  },
  {
    name: 'gate',
    summary: 'judge a challenger from the bytes of its branch',
    load: async () => (await import('./cli/gate.ts')).gateCommand,
  },
  { name: 'versions', summary: 'list the versions of a model', load: async () => (await import('./cli/versions.ts')).versionsCommand },
  {
    name: 'verify-version',
    summary: 'recompute the digests of a version',
    load: async () => (await import('./cli/verify-version.ts')).verifyVersionCommand,
  },
  { name: 'status', summary: 'what the bot knows of a model', load: async () => (await import('./cli/status.ts')).statusCommand },
  { name: 'deployment', summary: 'rewrite deployment.yml', load: async () => (await import('./cli/deployment.ts')).deploymentCommand },
  { name: 'schema', summary: 'print the JSON Schema of model.yml', load: async () => (await import('./cli/schema.ts')).schemaCommand },
];
