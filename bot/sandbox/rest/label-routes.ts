import { invalid, notFound } from '../http/api-error.ts';
import { orNull, required, text } from '../http/body-shape.ts';
import { type Answer, type Call, created, get, ok, type Route } from '../http/call.ts';
import { paginate } from '../http/paginate.ts';
import { labelJson } from '../json/issue-json.ts';
import { ISSUE_READ, ISSUE_WRITE } from './issue-routes.ts';

const BASE = '/repos/{owner}/{repo}';

export function labelRoutes(): readonly Route[] {
  return [
    get(`${BASE}/labels`, ISSUE_READ, (call) => paginate(call, call.world.labels.all(), (row) => labelJson(call.world, row))),
    get(`${BASE}/labels/{name}`, ISSUE_READ, (call) => ok(labelJson(call.world, labelAsked(call)))),
    {
      method: 'POST',
      path: `${BASE}/labels`,
      right: ISSUE_WRITE,
      body: { name: required(text(50)), color: text(), description: orNull(text(100)) },
      run: createLabel,
    },
  ];
}

function labelAsked(call: Call) {
  const label = call.world.labels.find((one) => one.name.toLowerCase() === call.params['name']?.toLowerCase());
  if (label === null) throw notFound();
  return label;
}

function createLabel(call: Call): Answer {
  const { world, body } = call;
  const name = String(body['name']);
  if (world.labels.find((one) => one.name.toLowerCase() === name.toLowerCase()) !== null)
    throw invalid({ resource: 'Label', code: 'already_exists', field: 'name' });
  const color = (body['color'] as string | undefined) ?? 'ededed';
  if (!/^[0-9a-f]{6}$/i.test(color)) throw invalid({ resource: 'Label', code: 'invalid', field: 'color' });
  const label = world.labels.put({ id: world.nextId(), name, color, description: (body['description'] as string | null) ?? null });
  return created(labelJson(world, label));
}
