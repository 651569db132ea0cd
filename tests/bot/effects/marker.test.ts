import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AuditDraft, chainEvents, firstBrokenEvent } from '../../../bot/effects/audit-chain.ts';
import { fingerprintOf, isOwn, parseMarker, renderMarked } from '../../../bot/effects/marker.ts';
import { AuditEvent } from '../../../pipelines/core/schema/audit-event.ts';

const KEY = new Uint8Array(32).fill(7);
const SIGNED = { key: KEY, repositoryId: 42 };
const UNSIGNED = { key: null, repositoryId: 42 };
const keys = fc.stringMatching(/^[a-z0-9][a-z0-9/._-]{0,60}$/);
const nonces = fc.option(fc.stringMatching(/^[0-9a-f]{32}$/));

describe('markers', () => {
  it('say again what was written into them', () => {
    fc.assert(
      fc.property(keys, nonces, fc.string(), fc.constantFrom(SIGNED, UNSIGNED), (key, nonce, text, signing) => {
        const read = parseMarker(renderMarked({ key, nonce, text }, signing), signing);

        expect(read).toEqual({ key, nonce, fingerprint: fingerprintOf(text), signature: signing === SIGNED ? 'valid' : 'absent' });
      }),
    );
  });

  it('are forged when key, nonce, repository or signing key differ', () => {
    const body = renderMarked({ key: 'incident/a', nonce: null, text: 'x' }, SIGNED);

    expect(parseMarker(body.replace('incident/a', 'incident/b'), SIGNED)?.signature).toBe('forged');
    expect(parseMarker(body.replace('n=-', `n=${'0'.repeat(32)}`), SIGNED)?.signature).toBe('forged');
    expect(parseMarker(body, { ...SIGNED, repositoryId: 43 })?.signature).toBe('forged');
    expect(parseMarker(body, { ...SIGNED, key: new Uint8Array(32) })?.signature).toBe('forged');
  });

  it('count on the first line only', () => {
    const body = renderMarked({ key: 'incident/a', nonce: null, text: 'x' }, SIGNED);

    expect(parseMarker(`hello\n${body}`, SIGNED)).toBeNull();
    expect(parseMarker(` ${body}`, SIGNED)).toBeNull();
    expect(parseMarker('', SIGNED)).toBeNull();
  });

  it('make an object the bot’s own only under a trusted author, the right key and a signature that is not forged', () => {
    const body = renderMarked({ key: 'incident/a', nonce: null, text: 'x' }, SIGNED);
    const expected = { key: 'incident/a', trustedAuthors: ['holdfast[bot]'] };

    expect(isOwn({ body, author: 'holdfast[bot]' }, expected, SIGNED)).toBe(true);
    expect(isOwn({ body, author: 'stranger' }, expected, SIGNED)).toBe(false);
    expect(isOwn({ body, author: 'holdfast[bot]' }, { ...expected, key: 'incident/b' }, SIGNED)).toBe(false);
    expect(isOwn({ body: body.replace(/m=[0-9a-f]{4}/, 'm=0000'), author: 'holdfast[bot]' }, expected, SIGNED)).toBe(false);
  });
});

describe('the audit chain', () => {
  const draft = (target: string): AuditDraft => ({
    at: '2001-02-01T00:00:00Z',
    model: 'loan',
    actor: 'holdfast',
    action: 'incident-opened',
    target,
    cause: 'x',
    because: ['y'],
    evidence: null,
  });

  it('binds each event to the one before, across appends', () => {
    const first = chainEvents(null, [draft('a'), draft('b')]);
    const events = [...first, ...chainEvents(first.at(-1) ?? null, [draft('c')])];

    expect(events.map(({ sequence }) => sequence)).toEqual([0, 1, 2]);
    expect(events.every((event) => AuditEvent.safeParse(event).success)).toBe(true);
    expect(firstBrokenEvent(events)).toBeNull();
  });

  it('breaks where an event was changed, removed or swapped', () => {
    const events = chainEvents(null, ['a', 'b', 'c'].map(draft));
    const [one, two, three] = events as [AuditEvent, AuditEvent, AuditEvent];

    expect(firstBrokenEvent([one, { ...two, target: 'other' }, three])).toEqual({ ...two, target: 'other' });
    expect(firstBrokenEvent([one, three])).toBe(three);
    expect(firstBrokenEvent([two, one])).toBe(one);
  });
});
