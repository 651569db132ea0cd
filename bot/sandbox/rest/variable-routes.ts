import { ApiError, notFound } from '../http/api-error.ts';
import { required, text } from '../http/body-shape.ts';
import { type Answer, type Call, created, get, noContent, ok, type Route } from '../http/call.ts';
import type { Json } from '../json/account-json.ts';

const BASE = '/repos/{owner}/{repo}';

export function variableRoutes(): readonly Route[] {
  const variable = { name: text(), value: text() };
  return [
    get(
      `${BASE}/actions/variables`,
      [
        ['actions_variables', 'read'],
        ['actions', 'read'],
      ],
      listVariables,
    ),
    get(
      `${BASE}/actions/variables/{name}`,
      [
        ['actions_variables', 'read'],
        ['actions', 'read'],
      ],
      oneVariable,
    ),
    {
      method: 'POST',
      path: `${BASE}/actions/variables`,
      right: [['actions_variables', 'write']],
      role: 'admin',
      body: { name: required(text()), value: required(text()) },
      run: (call) => created(putVariable(call, String(call.body['name']))),
    },
    {
      method: 'PATCH',
      path: `${BASE}/actions/variables/{name}`,
      right: [['actions_variables', 'write']],
      role: 'admin',
      body: variable,
      run: patchVariable,
    },
  ];
}

function variableJson(call: Call, name: string): Json {
  const { createdAt } = call.world.settings;
  return { name, value: call.world.variables.get(name), created_at: createdAt, updated_at: createdAt };
}

function listVariables(call: Call): Answer {
  const names = [...call.world.variables.keys()];
  return ok({ total_count: names.length, variables: names.map((name) => variableJson(call, name)) });
}

function oneVariable(call: Call): Answer {
  const name = (call.params['name'] ?? '').toUpperCase();
  if (!call.world.variables.has(name)) throw notFound();
  return ok(variableJson(call, name));
}

function putVariable(call: Call, name: string): Json {
  if (call.world.variables.has(name.toUpperCase()) && call.params['name'] === undefined)
    throw new ApiError(409, 'Already exists - Variable already exists');
  call.world.variables.set(name.toUpperCase(), String(call.body['value']));
  return {};
}

function patchVariable(call: Call): Answer {
  oneVariable(call);
  putVariable(call, call.params['name'] ?? '');
  return noContent();
}
