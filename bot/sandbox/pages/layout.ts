import { repositoryWeb } from '../json/account-json.ts';
import type { World } from '../store/world.ts';
import { type Html, html, trusted } from './html.ts';
import { renderMarkdown } from './markdown.ts';
import { STYLE } from './style.ts';

/** A whole page. */
export function layout(world: World, title: string, content: Html): string {
  const home = repositoryWeb(world);
  const name = `${world.settings.owner}/${world.settings.name}`;
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · ${name}</title><style>${trusted(STYLE)}</style></head>
<body><header><strong><a href="${home}">${name}</a></strong><nav><a href="${home}/issues">Issues</a> · <a href="${home}/pulls">Pull requests</a> · <a href="${home}/actions">Actions</a></nav>
<span class="quiet">a GitHub on this laptop</span></header><main>${content}</main></body></html>`;
  return page.html;
}

/** Something that somebody wrote, in a box with its author and time. */
export function post(written: { author: string; at: string; body: string | null; id: string; note?: string }): Html {
  const body = written.body ?? '';
  return html`<article id="${written.id}"><header><strong>${written.author}</strong> ${written.note ?? 'wrote'} <time datetime="${written.at}">${written.at.replace('T', ' ')}</time></header>
<div>${body === '' ? html`<p class="quiet">No text.</p>` : trusted(renderMarkdown(body))}</div></article>`;
}

/** A word for a state, coloured but never by colour alone. */
export function stateMark(state: string): Html {
  const tone = ['success', 'passed', 'open', 'merged', 'approved'].includes(state) ? 'good' : TROUBLE.includes(state) ? 'bad' : 'wait';
  return html`<span class="state ${tone}">${state.replaceAll('_', ' ')}</span>`;
}

const TROUBLE = ['failure', 'failed', 'cancelled', 'timed_out', 'action_required', 'changes_requested', 'error'];
