import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { documentProblems, documentsBelow, exchangeProblems, readGraphqlSchema, sendersBelow } from './graphql-contract.ts';

const schema = readGraphqlSchema();
const BOT_FOLDER = fileURLToPath(new URL('../../bot', import.meta.url));
const BOT = documentsBelow(BOT_FOLDER);
const TESTS = ['../bot', '../fakes'].flatMap((folder) => documentsBelow(fileURLToPath(new URL(folder, import.meta.url))));

describe('GraphQL documents', () => {
  it('of the bot are found: one in each file that sends any', () => {
    expect(BOT.length).toBeGreaterThanOrEqual(2);
    expect([...new Set(BOT.map(({ file }) => file))]).toEqual(sendersBelow(BOT_FOLDER));
    expect(TESTS.length).toBeGreaterThanOrEqual(5);
  });

  it.each(BOT.map(({ file, text }) => [file, text]))('%s is what GitHub understands', (_file, text) => {
    expect(documentProblems(schema, text)).toEqual([]);
  });

  it('that the sandbox answers in its tests exist on GitHub too, but for the one that it must refuse', () => {
    const problems = TESTS.filter(({ text }) => !text.includes('${')).flatMap(({ text }) => documentProblems(schema, text));

    expect(problems).toEqual(['Cannot query field "deleteTheInternet" on type "Mutation".']);
  });

  it.each([
    ['createCommitOnBranch', 'createCommitOnBrunch'],
    ['oid', 'iod'],
    ['CreateCommitOnBranchInput', 'CreateCommitInput'],
  ])('would be found out with %s misspelt', (word, misspelt) => {
    const text = (BOT[0]?.text ?? '').replaceAll(word, misspelt);

    expect(text).toContain(misspelt);
    expect(documentProblems(schema, text)).not.toEqual([]);
  });

  it('are held against their variables and answers too', () => {
    const query = 'mutation ($input: CreateRefInput!) { createRef(input: $input) { ref { name } } }';
    const variables = { input: { repositoryId: 'R_1', name: 'refs/heads/x', oid: 'a'.repeat(40) } };
    const answer = { data: { createRef: { ref: { name: 'x' } } } };

    expect(exchangeProblems(schema, { query, variables, answer })).toEqual([]);
    expect(exchangeProblems(schema, { query, variables: { input: { ...variables.input, old: 'x' } }, answer })).not.toEqual([]);
    expect(exchangeProblems(schema, { query, variables, answer: { data: { createRef: { ref: { name: null } } } } })).not.toEqual([]);
    expect(exchangeProblems(schema, { query, variables, answer: { data: { createRef: { ref: { name: 'x', id: 'y' } } } } })).not.toEqual(
      [],
    );
  });
});
