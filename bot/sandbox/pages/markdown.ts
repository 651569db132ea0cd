import MarkdownIt from 'markdown-it';

/** Tags that bodies may use bare, without attributes; every other tag is shown as text. */
const PLAIN_TAGS = /&lt;(\/?(?:details|summary|sub|sup|kbd|br|table|thead|tbody|tr|th|td|b|i|em|strong|code|p|ul|ol|li))\s*(\/?)&gt;/g;

/**
 * Renders an issue body, a comment or a summary. Hidden comments are removed; no attribute, script, style or unsafe address of the text reaches
 * the page: HTML is escaped first and only a few bare tags are let through again. Links are those that markdown-it calls safe.
 */
export function renderMarkdown(text: string): string {
  const markdown = new MarkdownIt({ html: true, linkify: false });
  const escapeHtml = markdown.utils.escapeHtml;
  const sanitise = (html: string) => escapeHtml(html.replace(/<!--[\s\S]*?(?:-->|$)/g, '')).replace(PLAIN_TAGS, '<$1$2>');
  markdown.renderer.rules['html_block'] = (tokens, index) => sanitise(tokens[index]?.content ?? '');
  markdown.renderer.rules['html_inline'] = (tokens, index) => sanitise(tokens[index]?.content ?? '');
  // An image of another host would tell it who reads: show its description as a link instead.
  markdown.renderer.rules['image'] = (tokens, index) => escapeHtml(tokens[index]?.content ?? '');
  return withTaskBoxes(markdown.render(text));
}

function withTaskBoxes(html: string): string {
  return html.replace(/<li>(<p>)?\[([ xX])\] /g, (_, paragraph: string | undefined, mark: string) => {
    const checked = mark === ' ' ? '' : ' checked';
    return `<li class="task">${paragraph ?? ''}<input type="checkbox" disabled${checked}> `;
  });
}
