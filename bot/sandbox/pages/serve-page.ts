import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { ApiError, notFound } from '../http/api-error.ts';
import { repositoryWeb } from '../json/account-json.ts';
import type { World } from '../store/world.ts';
import { checkPage, runPage } from './check-page.ts';
import { issuePage } from './conversation.ts';
import { commitPage, filePage } from './file-pages.ts';
import { type Html, html } from './html.ts';
import { layout } from './layout.ts';
import { mergeByForm } from './merge-by-form.ts';
import { actionsPage, listPage, overviewPage } from './overview-pages.ts';
import { pullPage } from './pull-page.ts';

export interface PageRequest {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** After /<owner>/<repo> */
  readonly path: string;
  readonly raw: Buffer;
}

/** No script runs, nothing is loaded from elsewhere, nobody frames the Merge button. */
const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
};

/** The pages of the repository for people; a refusal is shown with the same words as by REST. */
export async function servePage(world: World, asked: PageRequest): Promise<void> {
  const { request, response, path } = asked;
  try {
    const number = Number(/^\/pull\/(\d+)\/merge$/.exec(path)?.[1]);
    if (request.method === 'POST' && Number.isInteger(number)) {
      await world.exclusively(() => mergeByForm(world, number, new URLSearchParams(asked.raw.toString('utf8'))));
      return void response.writeHead(303, { location: `${repositoryWeb(world)}/pull/${number}` }).end();
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') throw new ApiError(405, 'Method not allowed');
    const artifact = Number(/^\/actions\/artifacts\/(\d+)\.zip$/.exec(path)?.[1]);
    if (Number.isInteger(artifact)) return sendArtifact(world, response, artifact);
    const page = await pageAt(world, path.replace(/\/$/, ''));
    if (page === null) throw notFound();
    response.writeHead(200, HEADERS).end(layout(world, titleOf(path), page));
  } catch (problem) {
    if (!(problem instanceof ApiError)) throw problem;
    const back = path.replace(/\/merge$/, '');
    const page = html`<h1>${problem.status === 404 ? 'There is no such page' : 'Refused'}</h1><p class="bad">${problem.message}</p><p><a href="${repositoryWeb(world)}${problem.status === 404 ? '' : back}">Back</a></p>`;
    response.writeHead(problem.status, HEADERS).end(layout(world, problem.message, page));
  }
}

async function pageAt(world: World, path: string): Promise<Html | null> {
  if (path === '') return overviewPage(world);
  if (path === '/issues' || path === '/pulls') return listPage(world, path === '/pulls');
  if (path === '/actions') return actionsPage(world);
  const file = /^\/(?:tree|blob)\/(.+)$/.exec(path)?.[1];
  if (file !== undefined) return filePage(world, file);
  const commit = /^\/commit\/([0-9a-f]{40})$/.exec(path)?.[1];
  if (commit !== undefined) return commitPage(world, commit);
  const found = /^\/(issues|pull|checks|actions\/runs)\/(\d+)$/.exec(path);
  const id = Number(found?.[2]);
  if (found?.[1] === 'issues') return issuePage(world, id);
  if (found?.[1] === 'pull') return pullPage(world, id);
  if (found?.[1] === 'checks') return checkPage(world, id);
  return found === null ? null : runPage(world, id);
}

function titleOf(path: string): string {
  return path === '' || path === '/' ? 'Overview' : path.slice(1).replaceAll('/', ' ');
}

function sendArtifact(world: World, response: ServerResponse, id: number): void {
  const artifact = world.artifacts.get(id);
  if (artifact === null) throw notFound();
  response
    .writeHead(200, { 'content-type': 'application/zip', 'content-disposition': `attachment; filename="artifact-${id}.zip"` })
    .end(readFileSync(artifact.file));
}
