import type { FeedEntry } from '../../../pipelines/core/views/feed-view.ts';

interface FeedSource {
  /** Who mints the ids (tag URIs, RFC 4151). */
  readonly authority: string;
  readonly updated: string;
  readonly subtitle: string;
  readonly entries: readonly FeedEntry[];
}

/** An Atom feed (RFC 4287). Links are relative to the feed, which lies in feeds/. */
export function atomFeed({ authority, updated, subtitle, entries }: FeedSource): string {
  const newest = entries[0]?.updated ?? updated;
  const head = [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB">',
    '  <title>Holdfast: incidents and decisions</title>',
    `  <subtitle>${escapeXml(subtitle)}</subtitle>`,
    `  <id>${tagUri(authority, 'feed')}</id>`,
    `  <updated>${newest}</updated>`,
    '  <author><name>Holdfast</name></author>',
    '  <link rel="self" href="all.xml"/>',
    '  <link href="../index.html"/>',
  ];
  return [...head, ...entries.map((entry) => entryXml(entry, authority)), '</feed>', ''].join('\n');
}

function entryXml(entry: FeedEntry, authority: string): string {
  return [
    '  <entry>',
    `    <title>${escapeXml(entry.title)}</title>`,
    `    <id>${tagUri(authority, entry.id)}</id>`,
    `    <updated>${entry.updated}</updated>`,
    `    <link href="../${escapeXml(entry.path)}"/>`,
    `    <summary>${escapeXml(entry.summary)}</summary>`,
    '  </entry>',
  ].join('\n');
}

function tagUri(authority: string, id: string): string {
  return escapeXml(`tag:${authority},2026:holdfast:${id}`);
}

/** Text for XML 1.0: markup escaped, characters that XML forbids taken out. */
export function escapeXml(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 forbids exactly these.
  const allowed = text.replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '');
  return allowed
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;');
}
