import { z } from 'zod';

// GitHub's own parser has accepted the file before these schemas see it. They are strict once more, so that a key which this
// runner does not execute is an error here and not a difference between the laptop and github.com.

const Scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]).transform((value) => (value === null ? '' : String(value)));
const TextMap = z.record(z.string(), Scalar);
const Patterns = z.union([z.string(), z.array(z.string())]).transform((value) => (typeof value === 'string' ? [value] : value));
const Condition = z.union([z.string(), z.boolean(), z.number()]).transform(String);
const Shell = z.enum(['bash', 'sh']);

const Level = z.enum(['read', 'write', 'none']);
const Permissions = z.union([z.enum(['read-all', 'write-all']), z.record(z.string(), Level)]);
export type Permissions = z.infer<typeof Permissions>;

const Defaults = z.strictObject({
  run: z.strictObject({ shell: Shell.optional(), 'working-directory': z.string().optional() }).optional(),
});

export const Step = z.strictObject({
  id: z.string().optional(),
  name: z.string().optional(),
  if: Condition.optional(),
  uses: z.string().optional(),
  with: TextMap.optional(),
  run: z.string().optional(),
  env: TextMap.optional(),
  shell: Shell.optional(),
  'working-directory': z.string().optional(),
  'continue-on-error': z.boolean().optional(),
  'timeout-minutes': z.number().positive().optional(),
});
export type Step = z.infer<typeof Step>;

const Environment = z
  .union([z.string(), z.strictObject({ name: z.string(), url: z.string().optional() })])
  .transform((value): { name: string; url?: string | undefined } => (typeof value === 'string' ? { name: value } : value));

const Job = z.strictObject({
  name: z.string().optional(),
  needs: Patterns.optional(),
  if: Condition.optional(),
  'runs-on': z.string(),
  'timeout-minutes': z.number().positive().optional(),
  permissions: Permissions.optional(),
  env: TextMap.optional(),
  environment: Environment.optional(),
  defaults: Defaults.optional(),
  outputs: TextMap.optional(),
  'continue-on-error': z.boolean().optional(),
  steps: z.array(Step).min(1),
});
export type Job = z.infer<typeof Job>;

const Input = z.strictObject({
  description: z.string().optional(),
  required: z.boolean().optional(),
  default: z.union([z.string(), z.number(), z.boolean()]).optional(),
  type: z.enum(['string', 'boolean', 'number', 'choice']).default('string'),
  options: z.array(z.string()).optional(),
});
export type Input = z.infer<typeof Input>;

const EventFilter = z.strictObject({
  types: Patterns.optional(),
  branches: Patterns.optional(),
  'branches-ignore': Patterns.optional(),
  tags: Patterns.optional(),
  paths: Patterns.optional(),
  'paths-ignore': Patterns.optional(),
});
export type EventFilter = z.infer<typeof EventFilter>;

const Events = z.strictObject({
  push: EventFilter.nullable().optional(),
  pull_request: EventFilter.nullable().optional(),
  merge_group: EventFilter.nullable().optional(),
  repository_dispatch: EventFilter.nullable().optional(),
  schedule: z.array(z.strictObject({ cron: z.string() })).optional(),
  workflow_dispatch: z
    .strictObject({ inputs: z.record(z.string(), Input).optional() })
    .nullable()
    .optional(),
  workflow_call: z.unknown().optional(),
});
export type Events = z.infer<typeof Events>;

function eventsFromShorthand(value: unknown): unknown {
  if (typeof value === 'string') return { [value]: null };
  if (Array.isArray(value)) return Object.fromEntries(value.map((name) => [String(name), null]));
  return value;
}

const Concurrency = z
  .union([z.string(), z.strictObject({ group: z.string(), 'cancel-in-progress': z.boolean().optional() })])
  .transform((value) =>
    typeof value === 'string'
      ? { group: value, cancelInProgress: false }
      : { group: value.group, cancelInProgress: value['cancel-in-progress'] ?? false },
  );

/** A workflow file as written, short forms unfolded. Expressions are still text. */
export const WorkflowFile = z.strictObject({
  name: z.string().optional(),
  'run-name': z.string().optional(),
  on: z.preprocess(eventsFromShorthand, Events),
  permissions: Permissions.optional(),
  env: TextMap.optional(),
  defaults: Defaults.optional(),
  concurrency: Concurrency.optional(),
  jobs: z.record(z.string(), Job),
});
export type WorkflowFile = z.infer<typeof WorkflowFile>;

/** `action.yml` of a composite action of the repository. */
export const CompositeAction = z.strictObject({
  name: z.string(),
  description: z.string(),
  inputs: z
    .record(z.string(), z.strictObject({ description: z.string(), required: z.boolean().optional(), default: Scalar.optional() }))
    .optional(),
  outputs: z.record(z.string(), z.strictObject({ description: z.string(), value: z.string() })).optional(),
  runs: z.strictObject({ using: z.literal('composite'), steps: z.array(Step).min(1) }),
});
export type CompositeAction = z.infer<typeof CompositeAction>;
