import type { Annotation } from '../actions-service.ts';
import { ApiError } from '../http/api-error.ts';
import type { Body } from '../http/body-shape.ts';
import type { CheckAction, CheckOutput, CheckRun } from '../store/work-entities.ts';

interface WrittenAnnotation {
  readonly path: string;
  readonly start_line: number;
  readonly end_line: number;
  readonly annotation_level: Annotation['level'];
  readonly message: string;
  readonly title?: string;
}

/** A check run after a create or update request. A conclusion completes it; annotations are appended. */
export function changedCheck(check: CheckRun, body: Body, now: string): CheckRun {
  const text = (key: string) => body[key] as string | undefined;
  const conclusion = body['conclusion'] as CheckRun['conclusion'] | undefined;
  const status = conclusion === undefined ? ((body['status'] as CheckRun['status'] | undefined) ?? check.status) : 'completed';
  if (status === 'completed' && conclusion === undefined && check.conclusion === null)
    throw new ApiError(422, 'Invalid request.\n\n"conclusion" wasn\'t supplied.');
  const completed = status === 'completed';
  return {
    ...check,
    name: text('name') ?? check.name,
    detailsUrl: text('details_url') ?? check.detailsUrl,
    externalId: text('external_id') ?? check.externalId,
    status,
    conclusion: completed ? (conclusion ?? check.conclusion) : null,
    startedAt: text('started_at') ?? check.startedAt,
    completedAt: completed ? (text('completed_at') ?? check.completedAt ?? now) : null,
    output: changedOutput(check.output, body['output'] as Body | undefined),
    actions: (body['actions'] as readonly CheckAction[] | undefined) ?? check.actions,
  };
}

function changedOutput(before: CheckOutput, body: Body | undefined): CheckOutput {
  if (body === undefined) return before;
  if (typeof body['summary'] !== 'string') throw new ApiError(422, 'Invalid request.\n\n"summary" wasn\'t supplied.');
  const added = ((body['annotations'] ?? []) as readonly WrittenAnnotation[]).map((one) => ({
    path: one.path,
    startLine: one.start_line,
    endLine: one.end_line,
    level: one.annotation_level,
    message: one.message,
    ...(one.title === undefined ? {} : { title: one.title }),
  }));
  return {
    title: (body['title'] as string | undefined) ?? before.title,
    summary: body['summary'],
    text: (body['text'] as string | undefined) ?? before.text,
    annotations: [...before.annotations, ...added],
  };
}
