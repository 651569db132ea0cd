import type { Conclusion } from '../actions-service.ts';

export type JobStatus = 'success' | 'failure' | 'cancelled';

/** What steps of one job leave for the steps after them. */
export interface JobState {
  status(): JobStatus;
  /** A failure stays; a cancellation outranks it. */
  record(conclusion: Conclusion): void;
  /** Variables that steps wrote into GITHUB_ENV. */
  environment(): Readonly<Record<string, string>>;
  addEnvironment(values: Readonly<Record<string, string>>): void;
  /** Folders that steps wrote into GITHUB_PATH, the latest first. */
  path(): readonly string[];
  addPath(folders: readonly string[]): void;
  /** Markdown that steps wrote into GITHUB_STEP_SUMMARY. */
  summary(): string;
  addSummary(text: string): void;
}

// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#setting-an-environment-variable
const PROTECTED = /^(?:GITHUB_|RUNNER_|NODE_OPTIONS$)/;

/** The state of a job that has just begun. */
export function openJobState(): JobState {
  let status: JobStatus = 'success';
  let environment: Readonly<Record<string, string>> = {};
  let path: readonly string[] = [];
  let summary = '';
  return {
    status: () => status,
    record(conclusion) {
      if (conclusion === 'cancelled') status = 'cancelled';
      else if (conclusion === 'failure' && status === 'success') status = 'failure';
    },
    environment: () => environment,
    addEnvironment(values) {
      const allowed = Object.entries(values).filter(([name]) => !PROTECTED.test(name));
      environment = { ...environment, ...Object.fromEntries(allowed) };
    },
    path: () => path,
    addPath(folders) {
      path = [...folders.toReversed(), ...path];
    },
    summary: () => summary,
    addSummary(text) {
      summary += text;
    },
  };
}
