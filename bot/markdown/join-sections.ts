/** GitHub refuses bodies over 65,536 bytes; the marker and a reserve come off that. */
export const BODY_BYTES = 60_000;

/**
 * Sections in order of importance, with an empty line between; empty ones are left out. Those that no longer fit into `budget` bytes of
 * UTF-8 are left out whole, and the text says how many.
 */
export function joinSections(sections: readonly string[], budget = BODY_BYTES): string {
  const encoder = new TextEncoder();
  const kept: string[] = [];
  let bytes = 200;
  let dropped = 0;
  for (const section of sections.filter((text) => text !== '')) {
    const size = encoder.encode(section).length + 2;
    if (dropped === 0 && bytes + size <= budget) {
      kept.push(section);
      bytes += size;
    } else dropped += 1;
  }
  if (dropped > 0)
    kept.push(`_${dropped} ${dropped === 1 ? 'section is' : 'sections are'} left out: the text would be too long for this page._`);
  return kept.join('\n\n');
}

/** A section: heading and content; empty content, no section. */
export function section(heading: string, ...parts: readonly string[]): string {
  const content = parts.filter((part) => part !== '');
  return content.length === 0 ? '' : [`### ${heading}`, ...content].join('\n\n');
}

/** Bullet points; none, nothing. */
export function bullets(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}
