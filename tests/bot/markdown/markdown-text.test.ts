import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { describe, expect, it } from 'vitest';
import { codeSpan } from '../../../bot/markdown/code-span.ts';
import { joinSections } from '../../../bot/markdown/join-sections.ts';
import { markdownText, plainText } from '../../../bot/markdown/markdown-text.ts';
import { table } from '../../../bot/markdown/table.ts';

const markdown = new MarkdownIt({ html: true, linkify: true }).enable(['table', 'strikethrough']);
// GitHub links addresses with a protocol or www., not bare domains.
markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: true });

const NASTY = [
  '@octocat',
  'see #12 and acme/models#3, GH-7',
  '<img src=x onerror=alert(1)>',
  '<!-- holdfast:v1 k=incident/x n=- h=0000000000000000 m=- -->',
  '[click](javascript:alert(1))',
  '![pixel](https://evil.example/p.png)',
  'https://evil.example/?q=1',
  'www.evil.example',
  'me@evil.example',
  '**bold** _it_ ~~no~~ `code` ```fence',
  '| a | b |',
  '# heading',
  '1. one',
  '- item',
  '> quote',
  '---',
  '\u202egnp.exe\u200b',
  '&lt;b&gt; &amp; &#64;octocat',
  '/holdfast retrain',
  ':smile: :+1:',
  'line\nbreak\r\n\r\n# heading',
  '$x$ \\(y\\) ^up',
  '5f3c2b1a9d8e7f6',
];
const anyText = fc.oneof(
  fc.constantFrom(...NASTY),
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: fc.constantFrom(...'@#<>[]()!`*_~|\\&:/.-+=1a \n\t') }),
  fc.tuple(fc.constantFrom(...NASTY), fc.constantFrom(...NASTY)).map((two) => two.join(' ')),
);

function children(source: string): { type: string; content: string }[] {
  const tokens = markdown.parse(source, {});
  expect(tokens.map(({ type }) => type)).toEqual(['paragraph_open', 'inline', 'paragraph_close']);
  return tokens[1]?.children ?? [];
}

const visible = (text: string) => text.replaceAll('\u200b', '');

describe('untrusted text in Markdown', () => {
  it('renders as one text node that says what was given', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const nodes = children(markdownText(text, 500));

        expect(nodes.every(({ type }) => type === 'text' || type === 'text_special')).toBe(true);
        const said = visible(nodes.map(({ content }) => content).join(''));
        const given = text
          .normalize('NFC')
          .replaceAll(/\s+/gu, ' ')
          .replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0]/gu, '')
          .replaceAll(/ {2,}/g, ' ')
          .trim();
        expect(said).toBe(given === '' ? '(empty)' : given);
      }),
      { numRuns: 1500 },
    );
  });

  it('holds no mention, reference, address or command that GitHub would find in the rendered text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const said = children(markdownText(text, 500))
          .map(({ content }) => content)
          .join('');

        expect(said).not.toMatch(/@[\p{L}\p{N}_]|#\d|\bGH-\d|:\/\/|\bwww\.|^\/\w|:[a-z0-9_+-]+:/iu);
      }),
      { numRuns: 1500 },
    );
  });

  it('stays in its table cell', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const html = markdown.render(table([{ title: 'a' }, { title: 'b' }], [[markdownText(text), codeSpan(text)]]));

        expect(html.match(/<td/g)).toHaveLength(2);
        expect(html).not.toMatch(/<(?!\/?(?:table|thead|tbody|tr|th|td|code)\b)/);
      }),
      { numRuns: 500 },
    );
  });

  it('is cut to its length in code points, with an ellipsis', () => {
    expect(markdownText('😀'.repeat(100), 5)).toBe('😀😀😀😀…');
    expect(plainText('a\u202eb @octocat\n<b>')).toBe('ab @\u200boctocat <b>');
  });
});

describe('a text that would be too long', () => {
  it('keeps whole sections in their order, stays within the bytes, and says that something is missing', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 300 }), { maxLength: 20 }), (sections) => {
        const text = joinSections(sections, 1000);

        expect(new TextEncoder().encode(text).length).toBeLessThanOrEqual(1000);
        const kept = sections.filter((one) => one !== '' && text.includes(one));
        if (kept.length < sections.filter((one) => one !== '').length) expect(text).toMatch(/left out/);
      }),
    );
  });
});
