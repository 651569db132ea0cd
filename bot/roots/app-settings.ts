import { readFileSync } from 'node:fs';
import { UserError } from '../../pipelines/core/errors/user-error.ts';
import type { ModelDefinition } from '../../pipelines/core/schema/model-definition.ts';
import type { ArtifactStore } from '../../pipelines/ports/artifact-store.ts';
import type { Clock } from '../../pipelines/ports/clock.ts';
import type { Logger } from '../../pipelines/ports/logger.ts';
import type { Random } from '../../pipelines/ports/random.ts';
import type { OpenedLogs } from '../reconcile/reconcile-input.ts';
import { checkPrivateKey } from './check-private-key.ts';
import { checkWebhookSecret } from './check-webhook-secret.ts';

/** Everything that the App is made of. */
export interface AppDependencies {
  readonly appId: number;
  /** PEM. */
  readonly privateKey: string;
  readonly webhookSecret: string;
  /** `https://api.github.com`, or of the sandbox. */
  readonly baseUrl: string;
  /** `none` for the sandbox only. */
  readonly pace: 'github' | 'none';
  readonly openLogs: (definition: ModelDefinition) => Promise<OpenedLogs>;
  readonly artifacts: ArtifactStore;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly leaseSeconds: number;
}

/** How the App listens. */
export interface ListenSettings {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
}

/** What the environment says about the App. */
export interface AppEnvironment extends ListenSettings {
  readonly appId: number;
  readonly privateKey: string;
  readonly webhookSecret: string;
  readonly baseUrl: string;
  readonly dataRoot: string;
  readonly artifactFolder: string;
  readonly sweepMinutes: number;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads APP_ID, PRIVATE_KEY or PRIVATE_KEY_PATH, WEBHOOK_SECRET, GITHUB_API_URL, HOLDFAST_*, HOST and PORT. Throws a UserError for what is missing or unsafe. */
export function readAppEnvironment(environment: Environment): AppEnvironment {
  return {
    webhookSecret: checkWebhookSecret(environment['WEBHOOK_SECRET']),
    appId: numberOf(environment, 'APP_ID', null),
    privateKey: privateKeyOf(environment),
    baseUrl: environment['GITHUB_API_URL'] ?? 'https://api.github.com',
    dataRoot: environment['HOLDFAST_DATA_ROOT'] ?? '.',
    artifactFolder: environment['HOLDFAST_ARTIFACTS'] ?? '.holdfast/artifacts',
    sweepMinutes: numberOf(environment, 'HOLDFAST_SWEEP_MINUTES', 15),
    host: environment['HOST'] ?? '127.0.0.1',
    port: numberOf(environment, 'PORT', 3000),
  };
}

function numberOf(environment: Environment, name: string, fallback: number | null): number {
  const text = environment[name];
  const value = text === undefined || text === '' ? fallback : Number(text);
  if (value !== null && Number.isInteger(value) && value >= 0) return value;
  throw new UserError({
    code: 'ENVIRONMENT_INVALID',
    message: `${name} is ${text === undefined ? 'not set' : `"${text}"`}, expected a whole number`,
    hint: `set ${name}`,
  });
}

function privateKeyOf(environment: Environment): string {
  const inline = environment['PRIVATE_KEY'];
  if (inline !== undefined && inline !== '') return checkPrivateKey(inline.replaceAll('\\n', '\n'), 'PRIVATE_KEY');
  const path = environment['PRIVATE_KEY_PATH'];
  if (path === undefined || path === '') {
    throw new UserError({
      code: 'PRIVATE_KEY_MISSING',
      message: 'neither PRIVATE_KEY nor PRIVATE_KEY_PATH is set',
      hint: 'download a private key in the settings of the App',
    });
  }
  return checkPrivateKey(readKey(path), path);
}

function readKey(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new UserError({
      code: 'PRIVATE_KEY_MISSING',
      message: `cannot read the private key ${path}`,
      hint: 'check PRIVATE_KEY_PATH',
      cause,
    });
  }
}
