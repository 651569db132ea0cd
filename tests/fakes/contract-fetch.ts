import type { RestContract } from '../contract/contract.ts';
import { type Difference, openJudge } from '../contract/open-judge.ts';

/** A GraphQL request and its answer. */
export interface GraphqlExchange {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly answer: { readonly data?: unknown; readonly errors?: readonly unknown[] };
}

export interface ContractFetch {
  /** Does what `fetch` does, and holds each request and answer against the contract. */
  readonly fetch: typeof globalThis.fetch;
  /** Ids of the operations that were asked for. */
  readonly called: ReadonlySet<string>;
  /** Each difference once. */
  readonly differences: () => readonly Difference[];
  readonly graphql: readonly GraphqlExchange[];
}

/** A recording fetch for a server whose REST interface is at `apiUrl` (and GraphQL beside it, as on GitHub Enterprise Server). */
export function openContractFetch(apiUrl: string, contract: RestContract): ContractFetch {
  // Taken now: a test may put the recorder in the place of the global one.
  const send = globalThis.fetch;
  const judge = openJudge(contract);
  const called = new Set<string>();
  const found = new Map<string, Difference>();
  const graphql: GraphqlExchange[] = [];
  const record = async (request: Request, response: Response): Promise<void> => {
    const url = new URL(request.url);
    const [requestBody, responseBody] = await Promise.all([jsonOf(request), jsonOf(response)]);
    if (url.pathname.endsWith('/api/graphql')) {
      const { query, variables = {} } = requestBody as Pick<GraphqlExchange, 'query' | 'variables'>;
      graphql.push({ query, variables, answer: responseBody as GraphqlExchange['answer'] });
      return;
    }
    const path = url.pathname.slice(new URL(apiUrl).pathname.length) || '/';
    const { operation, differences } = judge({
      method: request.method,
      path,
      query: url.searchParams,
      requestBody,
      status: response.status,
      responseBody,
    });
    if (operation !== null) called.add(operation.id);
    for (const difference of differences) found.set(`${difference.operation} ${difference.problem}`, difference);
  };
  return {
    called,
    graphql,
    differences: () => [...found.values()],
    fetch: async (input, init) => {
      const request = new Request(input, { ...init, redirect: 'manual' });
      const copy = request.clone();
      const response = await send(request);
      if (request.url.startsWith(apiUrl) || request.url.endsWith('/api/graphql')) await record(copy, response.clone());
      const moved = response.headers.get('location');
      return moved === null || response.status < 300 || response.status >= 400 ? response : send(new URL(moved, request.url));
    },
  };
}

/** The JSON in a message; undefined when it holds none. */
async function jsonOf(message: Request | Response): Promise<unknown> {
  const text = await message.text();
  const type = message.headers.get('content-type') ?? '';
  return text !== '' && type.includes('json') ? JSON.parse(text) : undefined;
}
