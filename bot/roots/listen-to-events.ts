import type { Probot } from 'probot';
import type { InstalledRepository } from './list-installations.ts';

/** What events may do: mark a repository, and nothing else. */
export interface EventSink {
  isDone(delivery: string): boolean;
  mark(repository: InstalledRepository, wanted: { readonly observe: boolean; readonly delivery: string | null }): void;
  /** A repository that the App was taken from, or whose installation changed. */
  forget(fullName: string): void;
}

interface RepositoryEvent {
  readonly id: string;
  readonly payload: {
    readonly repository: { readonly full_name: string };
    readonly installation?: { readonly id: number } | undefined;
  };
}

/** Registers the handlers. They answer at once: what an event says is not believed but read again when the repository's turn comes. */
export function listenToEvents(probot: Probot, sink: EventSink): void {
  const markFrom = ({ id, payload }: RepositoryEvent) => {
    if (payload.installation === undefined || sink.isDone(id)) return;
    sink.mark({ fullName: payload.repository.full_name, installationId: payload.installation.id }, { observe: false, delivery: id });
  };
  probot.on(['installation.created', 'installation.unsuspend', 'installation.new_permissions_accepted'], ({ id, payload }) => {
    if (sink.isDone(id)) return;
    for (const { full_name } of payload.repositories ?? []) {
      sink.forget(full_name);
      sink.mark({ fullName: full_name, installationId: payload.installation.id }, { observe: true, delivery: id });
    }
  });
  probot.on(['installation.deleted', 'installation.suspend'], ({ payload }) => {
    for (const { full_name } of payload.repositories ?? []) sink.forget(full_name);
  });
  probot.on('push', (event) => {
    // The state branch and retraining branches are the bot's own; what happens there comes as workflow_run and pull_request.
    if (event.payload.ref === `refs/heads/${event.payload.repository.default_branch}`) markFrom(event);
  });
  probot.on(['pull_request.closed', 'pull_request.reopened', 'pull_request.synchronize'], markFrom);
  probot.on('issue_comment.created', (event) => {
    if (event.payload.comment.user?.type !== 'Bot' && event.payload.comment.body.startsWith('/holdfast')) markFrom(event);
  });
  probot.on('workflow_run.completed', markFrom);
}
