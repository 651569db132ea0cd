import { repositoryWeb } from '../json/account-json.ts';
import type { WorkflowJob } from '../store/work-entities.ts';
import type { World } from '../store/world.ts';
import { type Html, html, trusted } from './html.ts';
import { stateMark } from './layout.ts';
import { renderMarkdown } from './markdown.ts';

/** A check run with its summary, text and annotations; null when there is none. */
export function checkPage(world: World, id: number): Html | null {
  const check = world.checks.get(id);
  if (check === null) return null;
  const details = check.detailsUrl === null ? null : html`<p><a href="${check.detailsUrl}">Details</a></p>`;
  const notes = check.output.annotations.map(
    (one) => html`<li>${stateMark(one.level)} <code>${one.path}:${one.startLine}</code> ${one.message}</li>`,
  );
  const texts = [check.output.summary, check.output.text].map((text) => (text === null ? null : trusted(renderMarkdown(text))));
  return html`<h1>${check.name} ${stateMark(check.conclusion ?? check.status)}</h1>
<p class="quiet">by ${check.app}, at <code>${check.headSha.slice(0, 12)}</code>, ${check.completedAt ?? check.startedAt ?? ''}</p>${details}
${check.output.title === null ? null : html`<h2>${check.output.title}</h2>`}<article><div>${texts}</div></article>
${notes.length === 0 ? null : html`<h2>Annotations</h2><ul>${notes}</ul>`}`;
}

/** A workflow run with its jobs, logs, summaries and artifacts; null when there is none. */
export function runPage(world: World, id: number): Html | null {
  const run = world.runs.get(id);
  if (run === null) return null;
  const jobs = world.jobs.filter((job) => job.runId === id);
  const artifacts = world.artifacts.filter((artifact) => artifact.runId === id);
  const files = artifacts.map(
    (one) =>
      html`<tr><td><a href="${repositoryWeb(world)}/actions/artifacts/${one.id}.zip">${one.name}</a><td>${one.sizeInBytes} bytes<td><code>${one.digest}</code></tr>`,
  );
  return html`<h1>${run.title} ${stateMark(run.conclusion ?? run.status)}</h1>
<p class="quiet"><code>${run.workflowPath}</code>, ${run.event} by ${run.actor} on <code>${run.headBranch}</code> at <code>${run.headSha.slice(0, 12)}</code></p>
${jobs.map((job) => jobBlock(world, job))}
<h2>Artifacts</h2>${files.length === 0 ? html`<p class="quiet">None.</p>` : html`<table><thead><tr><th>Name<th>Size<th>Digest</tr></thead><tbody>${files}</tbody></table>`}`;
}

function jobBlock(world: World, job: WorkflowJob): Html {
  const summary = world.checks.get(job.checkRunId)?.output.summary ?? null;
  const steps = job.steps.map((step) => html`<li>${step.name} ${stateMark(step.conclusion ?? step.status)}</li>`);
  const log = job.log === '' ? null : html`<details><summary>Log</summary><pre class="log" tabindex="0">${job.log}</pre></details>`;
  return html`<h2 id="job-${job.id}">${job.name} ${stateMark(job.conclusion ?? job.status)}</h2><ol>${steps}</ol>
${summary === null ? null : html`<article><header>Summary</header><div>${trusted(renderMarkdown(summary))}</div></article>`}${log}`;
}
