// Controls, bidirectional marks, zero-width and other invisible characters, soft hyphen, tags, and lone surrogates.
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0]/gu;
const PUNCTUATION = /[\\`*_{}[\]()<>#+\-!|~&@:=$"'/^]/g;
const BREAK = '\u200b';

/**
 * Untrusted text as one line of Markdown that renders as exactly that text: no markup, no HTML, no link, no mention, no reference to an
 * issue, no emoji, no command. Runs of white space become one space; longer texts are cut to `maximum` code points with an ellipsis.
 * Escaping alone does not stop mentions and links, which GitHub finds in the rendered text: those are broken by a zero-width space.
 */
export function markdownText(text: string, maximum = 80): string {
  const visible = text.normalize('NFC').replaceAll(/\s+/gu, ' ').replaceAll(INVISIBLE, '').replaceAll(/ {2,}/g, ' ').trim();
  if (visible === '') return '\\(empty\\)';
  return escapePunctuation(breakReferences(shorten(visible, maximum)));
}

/** Untrusted text for a title, which is no Markdown: visible characters only, mentions and references broken, at most `maximum` code points. */
export function plainText(text: string, maximum = 80): string {
  const visible = text.normalize('NFC').replaceAll(/\s+/gu, ' ').replaceAll(INVISIBLE, '').trim();
  return breakReferences(shorten(visible === '' ? '(empty)' : visible, maximum));
}

function shorten(text: string, maximum: number): string {
  const points = [...text];
  return points.length <= maximum ? text : `${points.slice(0, maximum - 1).join('')}…`;
}

function breakReferences(text: string): string {
  return text
    .replaceAll(/[@#](?=[\p{L}\p{N}_])/gu, `$&${BREAK}`)
    .replaceAll(/\bGH-(?=\d)/gi, `$&${BREAK}`)
    .replaceAll(/:(?=\/\/)/g, `$&${BREAK}`)
    .replaceAll(/\b(?:mailto|xmpp):/gi, `$&${BREAK}`)
    .replaceAll(/\bwww\./gi, `www${BREAK}.`)
    .replaceAll(/:(?=[a-z0-9_+-]+:)/gi, `$&${BREAK}`)
    .replaceAll(/\b[0-9a-f]{7}(?=[0-9a-f]{0,57}\b)/gi, `$&${BREAK}`)
    .replaceAll(/^\/(?=\w)/g, `/${BREAK}`);
}

function escapePunctuation(text: string): string {
  return text.replaceAll(PUNCTUATION, '\\$&').replace(/^(\d+)([.)])/, '$1\\$2');
}
