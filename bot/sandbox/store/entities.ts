export type Role = 'read' | 'triage' | 'write' | 'maintain' | 'admin';
export type AccountType = 'User' | 'Bot' | 'Organization';

export interface Account {
  readonly id: number;
  readonly login: string;
  readonly type: AccountType;
  /** null: knows the repository from outside only. */
  readonly role: Role | null;
}

export interface Label {
  readonly id: number;
  readonly name: string;
  readonly color: string;
  readonly description: string | null;
}

/** An issue, or the conversation of the pull request with the same number. */
export interface Issue {
  readonly id: number;
  readonly number: number;
  readonly isPull: boolean;
  readonly title: string;
  readonly body: string | null;
  readonly state: 'open' | 'closed';
  readonly stateReason: 'completed' | 'not_planned' | 'reopened' | 'duplicate' | null;
  readonly author: string;
  /** Slug of the App that made it; null for people. */
  readonly viaApp: string | null;
  readonly labels: readonly string[];
  readonly assignees: readonly string[];
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly closedAt: string | null;
  readonly closedBy: string | null;
}

export interface Pull {
  readonly id: number;
  readonly number: number;
  readonly headRef: string;
  readonly headSha: string;
  readonly baseRef: string;
  readonly baseSha: string;
  readonly draft: boolean;
  readonly mergedAt: string | null;
  readonly mergedBy: string | null;
  readonly mergeCommitSha: string | null;
  readonly requestedReviewers: readonly string[];
}

export interface Comment {
  readonly id: number;
  readonly issueNumber: number;
  readonly author: string;
  readonly viaApp: string | null;
  readonly body: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly minimizedReason: string | null;
}

export interface Reaction {
  readonly id: number;
  readonly subject: 'issue' | 'comment';
  readonly subjectId: number;
  readonly author: string;
  readonly content: string;
}

export type ReviewState = 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED' | 'DISMISSED' | 'PENDING';

export interface Review {
  readonly id: number;
  readonly pullNumber: number;
  readonly author: string;
  readonly state: ReviewState;
  readonly body: string;
  readonly commitId: string;
  readonly submittedAt: string;
}
