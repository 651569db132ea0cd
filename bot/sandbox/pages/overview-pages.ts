import { pagesUrl } from '../actions/publish-pages.ts';
import { repositoryWeb } from '../json/account-json.ts';
import type { Issue } from '../store/entities.ts';
import type { World } from '../store/world.ts';
import { encodePath } from './file-pages.ts';
import { type Html, html } from './html.ts';
import { stateMark } from './layout.ts';

/** Newest entries of everything, and where to go on. */
export async function overviewPage(world: World): Promise<Html> {
  const branches = await world.git.listRefs('refs/heads/');
  const tags = await world.git.listRefs('refs/tags/');
  const { settings } = world;
  const site = world.pages.all().length === 0 ? null : html`<p>Published site: <a href="${pagesUrl(world)}">${pagesUrl(world)}</a></p>`;
  return html`<h1>${settings.owner}/${settings.name}</h1>
<p class="quiet">git clone ${repositoryWeb(world)}.git</p>${site}
<h2>Issues</h2>${issueTable(world, newest(world, false).slice(0, 10))}
<h2>Pull requests</h2>${issueTable(world, newest(world, true).slice(0, 10))}
<h2>Workflow runs</h2>${runTable(world, 10)}
<h2>Branches and tags</h2><table><thead><tr><th>Name<th>Commit</tr></thead><tbody>${[...branches, ...tags].map((one) => refRow(world, one.ref.replace(/^refs\/(heads|tags)\//, ''), one.oid))}</tbody></table>`;
}

function refRow(world: World, name: string, oid: string): Html {
  const home = repositoryWeb(world);
  return html`<tr><td><a href="${home}/tree/${encodePath(name)}"><code>${name}</code></a><td><a href="${home}/commit/${oid}"><code>${oid.slice(0, 12)}</code></a></tr>`;
}

export function listPage(world: World, isPull: boolean): Html {
  return html`<h1>${isPull ? 'Pull requests' : 'Issues'}</h1>${issueTable(world, newest(world, isPull))}`;
}

export function actionsPage(world: World): Html {
  return html`<h1>Workflow runs</h1>${runTable(world, 500)}`;
}

function newest(world: World, isPull: boolean): readonly Issue[] {
  return [...world.issues.filter((issue) => issue.isPull === isPull)].reverse();
}

/** merged, draft, open or closed. */
export function stateOf(world: World, issue: Issue): string {
  const pull = issue.isPull ? world.pulls.find((one) => one.number === issue.number) : null;
  if (pull !== null && pull.mergedAt !== null) return 'merged';
  return pull?.draft === true && issue.state === 'open' ? 'draft' : issue.state;
}

function issueTable(world: World, issues: readonly Issue[]): Html {
  if (issues.length === 0) return html`<p class="quiet">None.</p>`;
  const rows = issues.map((issue) => {
    const address = `${repositoryWeb(world)}/${issue.isPull ? 'pull' : 'issues'}/${issue.number}`;
    const labels = issue.labels.map((label) => html` <span class="label">${label}</span>`);
    return html`<tr><td>#${issue.number}<td><a href="${address}">${issue.title}</a>${labels}<td>${stateMark(stateOf(world, issue))}<td>${issue.author}<td class="quiet">${issue.updatedAt.slice(0, 10)}</tr>`;
  });
  return html`<table><thead><tr><th>Number<th>Title<th>State<th>Author<th>Updated</tr></thead><tbody>${rows}</tbody></table>`;
}

function runTable(world: World, limit: number): Html {
  const runs = [...world.runs.all()].reverse().slice(0, limit);
  if (runs.length === 0) return html`<p class="quiet">None.</p>`;
  const rows = runs.map(
    (run) =>
      html`<tr><td><a href="${repositoryWeb(world)}/actions/runs/${run.id}">${run.title}</a><td>${run.event}<td><code>${run.headBranch}</code><td>${stateMark(run.conclusion ?? run.status)}<td class="quiet">${run.createdAt.replace('T', ' ')}</tr>`,
  );
  return html`<table><thead><tr><th>Run<th>Event<th>Branch<th>State<th>Started</tr></thead><tbody>${rows}</tbody></table>`;
}
