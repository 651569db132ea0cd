import type { Issue } from '../store/entities.ts';
import type { World } from '../store/world.ts';
import { type Html, html } from './html.ts';
import { post, stateMark } from './layout.ts';
import { stateOf } from './overview-pages.ts';

/** Title, state, first text, labels and comments: what issues and pull requests share. */
export function heading(world: World, issue: Issue): Html {
  const labels = issue.labels.map((label) => html` <span class="label">${label}</span>`);
  return html`<h1>${issue.title} <span class="quiet">#${issue.number}</span></h1><p>${stateMark(stateOf(world, issue))}${labels}</p>
${post({ author: issue.author, at: issue.createdAt, body: issue.body, id: `issue-${issue.number}` })}`;
}

export function commentPosts(world: World, number: number): readonly Html[] {
  return world.comments
    .filter((comment) => comment.issueNumber === number && comment.minimizedReason === null)
    .map((comment) =>
      post({ author: comment.author, at: comment.createdAt, body: comment.body, id: `issuecomment-${comment.id}`, note: 'commented' }),
    );
}

/** An issue with its comments; null when the number is no issue. */
export function issuePage(world: World, number: number): Html | null {
  const issue = world.issues.find((one) => one.number === number && !one.isPull);
  if (issue === null) return null;
  const closed =
    issue.closedAt === null
      ? null
      : html`<p class="quiet">Closed by ${issue.closedBy ?? ''} as ${issue.stateReason ?? 'completed'}, ${issue.closedAt.replace('T', ' ')}</p>`;
  return html`${heading(world, issue)}${commentPosts(world, number)}${closed}`;
}
