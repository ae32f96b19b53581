/** Errors as problem details (RFC 9457), with the wrong fields. */
import { HTTPException } from 'hono/http-exception';
import { z } from '@hono/zod-openapi';
import { InputError, OutputError, visible } from '../domain/errors.ts';
import { redact } from '../domain/secret.ts';
import { withoutPaths } from './without-paths.ts';

export const PROBLEM_TYPE = 'application/problem+json';

const TITLES: Readonly<Record<number, string>> = {
  400: 'The request cannot be used',
  401: 'A token is needed',
  403: 'Not allowed from this origin',
  404: 'Not found',
  405: 'This path does not have this method',
  409: 'Conflict with a task under way',
  413: 'The request is too large',
  414: 'The address is too long',
  415: 'The body must be JSON',
  428: 'Confirmation is needed',
  429: 'Too many requests',
  500: 'Unexpected error',
  503: 'Not possible now',
  507: 'The disk cannot be written',
};

/** A wrong field. */
const FAULT = z.object({
  field: z.string().openapi({ example: 'volume.stores' }),
  detail: z.string(),
});

export const PROBLEM = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string().openapi({ description: 'What is wrong, and how to correct it.' }),
    errors: z.array(FAULT).optional(),
    /** The task under way, for a conflict. */
    task_id: z.string().optional(),
  })
  .openapi('Problem');

export type ProblemBody = z.infer<typeof PROBLEM>;
export type Fault = z.infer<typeof FAULT>;

/** An error with a status and the wrong fields. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  readonly errors: readonly Fault[] | undefined;
  readonly taskId: string | undefined;
  /** Methods of the path, for a wrong method. */
  readonly allow: readonly string[] | undefined;

  constructor(
    status: number,
    detail: string,
    more: {
      readonly errors?: readonly Fault[];
      readonly taskId?: string | undefined;
      readonly allow?: readonly string[];
    } = {},
  ) {
    super(detail);
    this.status = status;
    this.errors = more.errors;
    this.taskId = more.taskId;
    this.allow = more.allow;
  }
}

/** Returns the answer for a thrown error. Unexpected errors reveal no internals. */
export function problemResponse(thrown: unknown): Response {
  const { status, detail, errors, task_id } = problemOf(thrown);
  const headers: Record<string, string> = { 'content-type': PROBLEM_TYPE };
  if (status === 401) headers['www-authenticate'] = 'Bearer';
  if (thrown instanceof Problem && thrown.allow) headers.allow = thrown.allow.join(', ');
  if (status === 429) headers['retry-after'] = '1';
  const body: ProblemBody = {
    type: 'about:blank',
    title: TITLES[status] ?? 'The request failed',
    status,
    detail,
    ...(errors && { errors }),
    ...(task_id !== undefined && { task_id }),
  };
  return new Response(JSON.stringify(body), { status, headers });
}

function problemOf(thrown: unknown): Pick<ProblemBody, 'status' | 'detail' | 'errors' | 'task_id'> {
  if (thrown instanceof Problem) {
    const { status, message, errors, taskId: task_id } = thrown;
    const clean = errors?.map(({ field, detail }) => ({
      field: visible(redact(field)),
      detail: visible(redact(detail)),
    }));
    return { status, detail: visible(redact(message)), ...(clean && { errors: clean }), task_id };
  }
  if (thrown instanceof HTTPException) {
    return { status: thrown.status, detail: thrown.message || (TITLES[thrown.status] ?? '') };
  }
  if (thrown instanceof InputError) return { status: 400, ...worldProblem(thrown.message) };
  if (thrown instanceof OutputError) {
    return { status: 507, detail: withoutPaths(redact(thrown.message)) };
  }
  if (isCutOff(thrown)) {
    return { status: 400, detail: 'The body of the request is incomplete.' };
  }
  return {
    status: 500,
    detail: 'An unexpected error; the terminal of sim serve shows the details.',
  };
}

/** Whether a client disconnected while it sent its body, or sent malformed HTTP. */
function isCutOff(thrown: unknown): boolean {
  const { code, message } = (thrown ?? {}) as { code?: unknown; message?: unknown };
  return code === 'ECONNRESET' && message === 'aborted';
}

/** Returns an input error as a problem with one field; other errors unchanged. */
export function problemOfField(error: unknown, field: string): unknown {
  if (!(error instanceof InputError)) return error;
  const { detail } = worldProblem(error.message);
  return new Problem(400, detail, { errors: [{ field, detail }] });
}

/** Returns the problem of a message whose lines name fields, such as `  volume.stores is -1: expected …`. */
export function worldProblem(message: string): Pick<ProblemBody, 'detail' | 'errors'> {
  const detail = withoutPaths(redact(message));
  const errors: Fault[] = [];
  for (const line of detail.split('\n')) {
    const match = /^ {2}(?:line \d+: )?(\w[\w.[\]-]*) (.+)$/.exec(line);
    if (match !== null) errors.push({ field: match[1], detail: line.trim() });
  }
  return errors.length === 0 ? { detail } : { detail, errors };
}
