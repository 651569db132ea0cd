import { mergeRefusal, requiredChecks } from '../domain/protection.ts';
import { repositoryWeb } from '../json/account-json.ts';
import { issueOf, pullFiles } from '../json/pull-json.ts';
import type { Pull } from '../store/entities.ts';
import type { World } from '../store/world.ts';
import { commentPosts, heading } from './conversation.ts';
import { fileBlock } from './file-block.ts';
import { type Html, html } from './html.ts';
import { post, stateMark } from './layout.ts';

/** A pull request: text, conversation, checks, protection with the Merge button, commits and files. null when the number is none. */
export async function pullPage(world: World, number: number): Promise<Html | null> {
  const pull = world.pulls.find((one) => one.number === number);
  if (pull === null) return null;
  const reviews = world.reviews
    .filter((review) => review.pullNumber === number)
    .map((review) =>
      post({
        author: review.author,
        at: review.submittedAt,
        body: review.body,
        id: `pullrequestreview-${review.id}`,
        note: `reviewed: ${review.state.toLowerCase().replaceAll('_', ' ')}`,
      }),
    );
  return html`${heading(world, issueOf(world, pull))}
<p class="quiet"><code>${pull.headRef}</code> into <code>${pull.baseRef}</code>, head <code>${pull.headSha.slice(0, 12)}</code></p>
${commentPosts(world, number)}${reviews}
<h2>Checks</h2>${checkTable(world, pull)}
<h2>Merging</h2>${mergeBox(world, pull)}
<h2>Commits</h2>${await commitTable(world, pull)}
<h2>Files</h2>${(await pullFiles(world, pull)).map(fileBlock)}`;
}

function checkTable(world: World, pull: Pull): Html {
  const checks = world.checks.filter((check) => check.headSha === pull.headSha);
  const required = requiredChecks(world, pull.baseRef, pull.headSha);
  const missing = required
    .filter((one) => one.state === 'expected')
    .map((one) => html`<tr><td>${one.name}<td>${stateMark('expected')}<td>required</tr>`);
  if (checks.length + missing.length === 0) return html`<p class="quiet">None.</p>`;
  const rows = checks.map((check) => {
    const isRequired = required.some((one) => one.name === check.name);
    return html`<tr><td><a href="${repositoryWeb(world)}/checks/${check.id}">${check.name}</a><td>${stateMark(check.conclusion ?? check.status)}<td>${isRequired ? 'required' : ''}</tr>`;
  });
  return html`<table><thead><tr><th>Check<th>State<th>Rule</tr></thead><tbody>${rows}${missing}</tbody></table>`;
}

function mergeBox(world: World, pull: Pull): Html {
  if (pull.mergedAt !== null)
    return html`<p>Merged by ${pull.mergedBy ?? ''} as <code>${pull.mergeCommitSha?.slice(0, 12) ?? ''}</code>.</p>`;
  if (issueOf(world, pull).state === 'closed') return html`<p>Closed without merging.</p>`;
  const refusal = pull.draft ? 'Pull Request is still a draft' : mergeRefusal(world, pull);
  const needsReview =
    world.settings.protection !== null &&
    world.settings.protection.branch === pull.baseRef &&
    world.settings.protection.requiredApprovals > 0;
  const verb = needsReview ? 'Approve and merge' : 'Merge';
  const why = refusal === null ? html`<p class="good">Nothing stands against merging.</p>` : html`<p class="wait">Not yet: ${refusal}</p>`;
  return html`${why}<form method="post" action="${repositoryWeb(world)}/pull/${pull.number}/merge"><input type="hidden" name="token" value="${world.settings.formToken}">
<input type="hidden" name="sha" value="${pull.headSha}"><button type="submit">${verb}</button> <span class="quiet">as ${world.settings.person}</span></form>`;
}

async function commitTable(world: World, pull: Pull): Promise<Html> {
  const shas = await world.git.commitsBetween(pull.baseSha, pull.headSha);
  const rows = await Promise.all(
    [...shas].reverse().map(async (sha) => {
      const commit = await world.git.commit(sha);
      return html`<tr><td><a href="${repositoryWeb(world)}/commit/${sha}"><code>${sha.slice(0, 12)}</code></a><td>${commit?.message.split('\n')[0] ?? ''}<td>${commit?.author.name ?? ''}</tr>`;
    }),
  );
  return html`<table><thead><tr><th>Commit<th>Message<th>Author</tr></thead><tbody>${rows}</tbody></table>`;
}
