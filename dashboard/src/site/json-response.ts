import { canonicalJson } from '../../../pipelines/core/digest/canonical-json.ts';

/** A file of canonical JSON: equal data gives equal bytes. */
export function jsonResponse(value: unknown): Response {
  return new Response(canonicalJson(value), { headers: { 'content-type': 'application/json; charset=utf-8' } });
}
