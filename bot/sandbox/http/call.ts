import type { Account } from '../store/entities.ts';
import type { World } from '../store/world.ts';
import type { Body, BodyShape } from './body-shape.ts';

/** Who asks: nobody, the App by its JWT, or the owner of a token. */
export type Principal =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'app' }
  | {
      readonly kind: 'person' | 'installation' | 'job';
      readonly account: Account;
      readonly permissions: Readonly<Record<string, 'read' | 'write'>>;
      readonly token: string;
      readonly runId: number | null;
    };

/** What a handler is given: everything is parsed, and the right to ask is checked already. */
export interface Call {
  readonly world: World;
  readonly principal: Principal;
  /** Path parameters, decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** As it was asked for, for links to other pages. */
  readonly url: URL;
  readonly body: Body;
  /** The body as it came. */
  readonly raw: Buffer;
  readonly accept: string;
}

export type Answer =
  | { readonly status: number; readonly json: unknown; readonly headers?: Readonly<Record<string, string>> }
  | { readonly status: number; readonly bytes: Uint8Array; readonly type: string; readonly headers?: Readonly<Record<string, string>> };

/** `contents: read` and the like; several: any of them is enough. `app`: the App's JWT only. */
export type Right = 'app' | 'installation' | 'none' | readonly (readonly [permission: string, access: 'read' | 'write'])[];

export interface Route {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** As in the API description; `{name+}` takes slashes too. */
  readonly path: string;
  readonly right: Right;
  /** Least role of a person; read for GET and write for the rest when it is left out. */
  readonly role?: 'read' | 'triage' | 'write' | 'maintain' | 'admin';
  /** null: a body is not looked at. */
  readonly body: BodyShape | null;
  readonly run: (call: Call) => Promise<Answer> | Answer;
}

/** Login that an action is booked on; a JWT acts as the App's account. */
export function actorOf(call: Call): string {
  if (call.principal.kind === 'anonymous') return 'ghost';
  if (call.principal.kind === 'app') return `${call.world.settings.appSlug}[bot]`;
  return call.principal.account.login;
}

/** Slug of the App behind the call: `performed_via_github_app`; null for people. */
export function appOf(call: Call): string | null {
  if (call.principal.kind === 'installation') return call.world.settings.appSlug;
  return call.principal.kind === 'job' ? 'github-actions' : null;
}

export function ok(json: unknown): Answer {
  return { status: 200, json };
}

export function created(json: unknown): Answer {
  return { status: 201, json };
}

export function noContent(): Answer {
  return { status: 204, bytes: new Uint8Array(), type: '' };
}

/** A route that reads: no body, read role. */
export function get(path: string, right: Right, run: Route['run']): Route {
  return { method: 'GET', path, right, body: null, run };
}
