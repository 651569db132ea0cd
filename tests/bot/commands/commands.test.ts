import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CommentSource, chooseCommands } from '../../../bot/commands/choose-commands.ts';
import { parseCommand } from '../../../bot/commands/parse-command.ts';
import { permissionFloor, ROLES, reaches } from '../../../bot/commands/permission-floor.ts';

describe('a comment as a command', () => {
  it.each([
    ['/holdfast status', { kind: 'status', model: null }],
    ['/holdfast   retrain  \nplease', { kind: 'retrain', model: null }],
    ['/holdfast status flight-delay', { kind: 'status', model: 'flight-delay' }],
    ['/holdfast explain 0123456789abcdef', { kind: 'explain', decision: '0123456789abcdef' }],
    ['/holdfast acknowledge', { kind: 'acknowledge' }],
    ['/holdfast ack', { kind: 'acknowledge' }],
    ['/holdfast snooze 12h', { kind: 'snooze', seconds: 43_200 }],
    ['/holdfast snooze 7d', { kind: 'snooze', seconds: 604_800 }],
    ['/holdfast snooze 2w', { kind: 'snooze', seconds: 1_209_600 }],
    ['/holdfast snooze P1DT12H', { kind: 'snooze', seconds: 129_600 }],
  ])('%j is understood', (body, command) => {
    expect(parseCommand(body)).toEqual(command);
  });

  it.each([
    'thanks',
    'hello\n/holdfast retrain',
    '> /holdfast retrain',
    '    /holdfast retrain',
    '```\n/holdfast retrain\n```',
    '/holdfastretrain',
    '',
  ])('%j is none', (body) => {
    expect(parseCommand(body)).toBeNull();
  });

  it.each([
    '/holdfast',
    '/holdfast dance',
    '/holdfast retrain a b',
    '/holdfast retrain ../../etc',
    '/holdfast explain 12',
    '/holdfast snooze',
    '/holdfast snooze 7',
    '/holdfast snooze 0d',
    '/holdfast snooze 91d',
    '/holdfast snooze P1Y',
    '/holdfast snooze 7d please',
    '/holdfast acknowledge everything',
    `/holdfast ${'x'.repeat(300)}`,
  ])('%j is answered with help', (body) => {
    expect(parseCommand(body)?.kind).toBe('unknown');
  });

  it('never reads past the first line', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (text, rest) => {
        const first = text.replaceAll(/[\r\n]/g, ' ');

        expect(parseCommand(`${first}\n${rest}`)).toEqual(parseCommand(first));
      }),
    );
  });
});

describe('who may ask', () => {
  it.each([
    { kind: 'retrain', model: null },
    { kind: 'status', model: null },
    { kind: 'explain', decision: 'd' },
    { kind: 'acknowledge' },
    { kind: 'snooze', seconds: 60 },
  ] as const)('$kind is for those who may write: on a public repository everybody reads', (command) => {
    expect(ROLES.filter((role) => reaches(role, permissionFloor(command)))).toEqual(['write', 'maintain', 'admin']);
  });
});

describe('which model answers', () => {
  const comment = (changes: Partial<CommentSource>): CommentSource => ({
    id: 1,
    number: 5,
    body: '/holdfast status',
    author: 'a',
    byBot: false,
    edited: false,
    ...changes,
  });
  const audience = (model: string, own: number[], known: number[]) => ({
    model,
    models: ['a', 'b'],
    ownNumbers: new Set(own),
    knownNumbers: new Set(known),
    obeyed: [],
  });

  it('is the one that is named, else the one of the issue, else the first', () => {
    const named = comment({ body: '/holdfast status b' });

    expect(chooseCommands([named], audience('a', [5], [5]))).toEqual([]);
    expect(chooseCommands([named], audience('b', [], [5]))).toHaveLength(1);
    expect(chooseCommands([comment({})], audience('a', [5], [5]))).toHaveLength(1);
    expect(chooseCommands([comment({})], audience('b', [], [5]))).toEqual([]);
    expect(chooseCommands([comment({})], audience('a', [], []))).toHaveLength(1);
    expect(chooseCommands([comment({})], audience('b', [], []))).toEqual([]);
  });

  it('ignores bots, edited comments and what was answered', () => {
    const comments = [comment({ byBot: true }), comment({ edited: true }), comment({ id: 9 }), comment({ id: 2 }), comment({ id: 1 })];

    expect(chooseCommands(comments, { ...audience('a', [5], [5]), obeyed: [9] }).map((one) => one.comment.id)).toEqual([1, 2]);
  });
});
