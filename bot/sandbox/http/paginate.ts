import type { Answer, Call } from './call.ts';

/** One page of rows as GitHub cuts it: `per_page` (30, at most 100), `page`, and a Link header. */
export async function paginate<Row>(call: Call, rows: readonly Row[], render: (row: Row) => unknown | Promise<unknown>): Promise<Answer> {
  const { shown, headers } = cut(call, rows);
  return { status: 200, json: await Promise.all(shown.map(render)), headers };
}

/** The same wrapped as `{total_count, [key]: [...]}`. */
export async function paginateWrapped<Row>(
  call: Call,
  key: string,
  list: { rows: readonly Row[]; render: (row: Row) => unknown | Promise<unknown> },
): Promise<Answer> {
  const { shown, headers } = cut(call, list.rows);
  return { status: 200, json: { total_count: list.rows.length, [key]: await Promise.all(shown.map(list.render)) }, headers };
}

function cut<Row>(call: Call, rows: readonly Row[]): { shown: readonly Row[]; headers: Record<string, string> } {
  const size = Math.min(100, Math.max(1, Number(call.query.get('per_page') ?? 30) || 30));
  const page = Math.max(1, Number(call.query.get('page') ?? 1) || 1);
  const last = Math.max(1, Math.ceil(rows.length / size));
  const links: string[] = [];
  const link = (number: number, relation: string) => {
    const url = new URL(call.url);
    url.searchParams.set('page', String(number));
    links.push(`<${url.href}>; rel="${relation}"`);
  };
  if (page > 1) link(Math.min(page - 1, last), 'prev');
  if (page < last) link(page + 1, 'next');
  if (page < last) link(last, 'last');
  if (page > 1) link(1, 'first');
  const headers: Record<string, string> = links.length === 0 ? {} : { link: links.join(', ') };
  return { shown: rows.slice((page - 1) * size, page * size), headers };
}
