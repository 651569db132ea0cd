import type { Role } from './entities.ts';

export interface SandboxUser {
  readonly login: string;
  readonly type: 'User' | 'Bot';
  readonly role: Role;
  /** Personal access token; made up when it is left out. */
  readonly token?: string;
}

export interface SandboxApp {
  readonly id: number;
  /** The App's account is `<slug>[bot]`. */
  readonly slug: string;
  readonly webhookSecret: string;
  /** PEM; a new RSA-2048 key when it is left out. */
  readonly privateKey?: string;
  /** null: deliveries are recorded as failed until setWebhookUrl is called. */
  readonly webhookUrl?: string | null;
  /** What the installation was granted; the map of GITHUB.md section D when it is left out. */
  readonly permissions?: Readonly<Record<string, 'read' | 'write'>>;
}

export interface Protection {
  readonly branch: string;
  /** Names of check runs or contexts of statuses. */
  readonly requiredChecks: readonly string[];
  readonly requiredApprovals: number;
  /** Logins that alone may merge or push; everybody with write access when it is left out. */
  readonly restrictedTo?: readonly string[];
  /** Whether admins are held to the rules when they push directly (merging never lets anybody through). Default false. */
  readonly enforceAdmins?: boolean;
}

/** Simulated limits; left out, nothing is limited. */
export interface Throttle {
  /** Content-creating requests a minute before the secondary limit answers 403 (GitHub: 80). */
  readonly contentPerMinute: number;
}

export interface SandboxOptions {
  /** Folder for everything: git, artifacts, pages. Made when it is missing. */
  readonly root: string;
  /** 0 or left out: any free port. */
  readonly port?: number;
  readonly users: readonly SandboxUser[];
  readonly app: SandboxApp;
  readonly repository: {
    readonly owner: string;
    readonly name: string;
    /** Folder whose files become the first commit on `main`; `.git` and node_modules are left out. */
    readonly seedFrom: string;
    /** Paths (relative, with forward slashes) to leave out of the seed, besides those two. */
    readonly exclude?: (path: string) => boolean;
    readonly private?: boolean;
  };
  readonly protection: Protection | null;
  readonly variables?: Readonly<Record<string, string>>;
  /** Wall time: tokens, time stamps. */
  readonly clock?: () => Date;
  readonly throttle?: Throttle;
  /** Shape of installation tokens; GitHub issues both since 2026-04. */
  readonly tokenFormat?: 'opaque' | 'jwt';
  /** Login that the Merge button of the pages acts as. Default `approver`. */
  readonly personAtKeyboard?: string;
}
