/** Requests to the API: JSON both ways, problems as errors, the token if the server requires one. */
import { signal } from '@preact/signals';
import { addressOf } from './address.ts';

/** The API's answer to a failed request (RFC 9457). */
export interface Problem {
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  readonly errors?: readonly { readonly field: string; readonly detail: string }[];
  /** For a conflict: the task that is running. */
  readonly task_id?: string;
}

export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(messageOf(problem));
    this.problem = problem;
  }
}

/** What is wrong and where; fields are named unless the message names them already. */
function messageOf({ title, detail = title, errors = [] }: Problem): string {
  const more = errors.filter((fault) => !detail.includes(fault.detail));
  return [detail, ...more.map((fault) => `${fault.field}: ${fault.detail}.`)].join(' ');
}

/** The error as text. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Problems of a request by field, under the API's field names. */
export function faultsOf(error: unknown): Readonly<Record<string, string>> {
  const errors = error instanceof ApiError ? (error.problem.errors ?? []) : [];
  return Object.fromEntries(errors.map(({ field, detail }) => [field, detail]));
}

const TOKEN_KEY = 'api-token';

/** Whether the server refused a request without a token; the shell then asks for one. */
export const needsToken = signal(false);

export function rememberToken(token: string): void {
  sessionStorage.setItem(TOKEN_KEY, token);
  needsToken.value = false;
}

/** The token entered in this tab; null if there is none. */
export function authorizationToken(): string | null {
  return sessionStorage.getItem(TOKEN_KEY);
}

function authorization(): Record<string, string> {
  const token = authorizationToken();
  return token === null ? {} : { authorization: `Bearer ${token}` };
}

export function get<T>(path: string, signalToStop?: AbortSignal): Promise<T> {
  return request('GET', path, undefined, signalToStop);
}

export function post<T>(path: string, body: unknown = {}): Promise<T> {
  return request('POST', path, body);
}

export function put<T>(path: string, body: unknown): Promise<T> {
  return request('PUT', path, body);
}

export function remove<T>(path: string, body?: unknown): Promise<T> {
  return request('DELETE', path, body);
}

async function request<T>(
  method: string,
  path: string,
  body?: unknown,
  signalToStop?: AbortSignal,
): Promise<T> {
  const headers: Record<string, string> = { accept: 'application/json', ...authorization() };
  if (body !== undefined) headers['content-type'] = 'application/json';
  let response: Response;
  try {
    response = await fetch(addressOf(path), {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: signalToStop,
    });
  } catch (error) {
    if (signalToStop?.aborted) throw error;
    throw new ApiError({ title: 'The server does not answer.', status: 0 });
  }
  if (response.ok) return (response.status === 204 ? undefined : await response.json()) as T;
  if (response.status === 401) needsToken.value = true;
  throw new ApiError(await problemOf(response));
}

async function problemOf(response: Response): Promise<Problem> {
  try {
    return { title: response.statusText, status: response.status, ...(await response.json()) };
  } catch {
    return { title: `The server answered ${response.status}.`, status: response.status };
  }
}
