import { readFileSync } from 'node:fs';

export type JsonSchema = Readonly<Record<string, unknown>>;

/** Where a contract was taken from: the package, its version and its licence. */
interface Origin {
  readonly package: string;
  readonly version: string;
  readonly licence: string;
  /** Its whole text, as the licence asks for. */
  readonly licenceText: string;
  readonly source: string;
  readonly madeBy: string;
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly required: boolean;
  readonly schema: JsonSchema;
}

/** One REST operation as GitHub describes it. */
export interface Operation {
  /** operationId: `issues/create`. */
  readonly id: string;
  readonly method: string;
  /** Template below the base address: `/repos/{owner}/{repo}/issues`. */
  readonly path: string;
  readonly parameters: readonly Parameter[];
  /** null: no JSON body is described. */
  readonly body: { readonly required: boolean; readonly schema: JsonSchema } | null;
  /** By status; a schema of null: no JSON comes with it. */
  readonly responses: Readonly<Record<string, JsonSchema | null>>;
}

/** `github-rest.json`: the operations that the sandbox serves. Schemas refer to each other as `#/schemas/<name>`. */
export interface RestContract {
  readonly origin: Origin;
  readonly operations: readonly Operation[];
  readonly schemas: Readonly<Record<string, JsonSchema>>;
}

/** `github-webhooks.json`: payload schemas of the events that the sandbox sends, by event or `event.action`. */
export interface WebhookContract {
  readonly origin: Origin;
  readonly events: Readonly<Record<string, JsonSchema>>;
  readonly schemas: Readonly<Record<string, JsonSchema>>;
}

export function readRestContract(): RestContract {
  return read('github-rest.json') as RestContract;
}

export function readWebhookContract(): WebhookContract {
  return read('github-webhooks.json') as WebhookContract;
}

function read(file: string): unknown {
  return JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8'));
}
