import type { FileChange } from '../git/diff-files.ts';
import { type Html, html } from './html.ts';

/** Longer differences are folded, as on GitHub. */
const FOLDED_LINES = 200;

/** The difference of one file. */
export function fileBlock(file: FileChange): Html {
  const counts = html`<ins>+${file.additions}</ins> <del>−${file.deletions}</del>`;
  const body =
    file.patch === null
      ? html`<p class="quiet">Binary, or too large to show.</p>`
      : html`<pre>${file.patch.split('\n').map(diffLine)}</pre>`;
  const isLong = (file.patch?.split('\n').length ?? 0) > FOLDED_LINES;
  return html`<details${isLong ? '' : ' open'}><summary><code>${file.path}</code> ${file.status} ${counts}</summary>${body}</details>`;
}

function diffLine(line: string): Html {
  if (line.startsWith('+')) return html`<ins>${line}</ins>\n`;
  if (line.startsWith('-')) return html`<del>${line}</del>\n`;
  return html`${line}\n`;
}
