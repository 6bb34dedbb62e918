import { noteRefused, readKey } from './key';

/** One broken rule of the input. */
export interface Violation {
  field: string;
  rule: string;
}

/** Why a request failed, in words for a person. */
export class ApiError extends Error {
  /** The status of the answer; 0 where the gateway could not be reached. */
  readonly status: number;
  readonly errors: Violation[];
  /** The scope that the key lacks. */
  readonly scope: string | undefined;

  constructor(status: number, message: string, errors: Violation[] = [], scope?: string) {
    super(message);
    this.status = status;
    this.errors = errors;
    this.scope = scope;
  }
}

interface Problem {
  title?: string;
  detail?: string;
  errors?: Violation[];
}

/** Sends a request to the gateway that serves this page. */
export async function send<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const headers = new Headers();
  const key = readKey();
  if (key) headers.set('Authorization', `Bearer ${key}`);
  if (body !== undefined) headers.set('Content-Type', 'application/json');
  const request: RequestInit = { method, headers };
  if (body !== undefined) request.body = JSON.stringify(body);
  if (signal) request.signal = signal;

  let response: Response;
  try {
    response = await fetch(path, request);
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiError(0, 'The gateway cannot be reached. Check that it runs and that this machine can reach it.');
  }

  if (!response.ok) {
    const error = await read(response);
    if (error.status === 401) noteRefused(error.message);
    throw error;
  }

  return (response.status === 204 ? undefined : await response.json()) as T;
}

export const get = <T>(path: string, signal?: AbortSignal): Promise<T> => send<T>('GET', path, undefined, signal);

/** A path with parameters. Those that are undefined or empty are left out, and lists are repeated. */
export function withQuery(path: string, parameters: Record<string, string | number | boolean | string[] | undefined>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (Array.isArray(value)) value.forEach(one => query.append(name, one));
    else if (value !== undefined && value !== '') query.append(name, String(value));
  }
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

async function read(response: Response): Promise<ApiError> {
  let problem: Problem = {};
  try {
    problem = await response.json() as Problem;
  } catch {
    // A proxy may answer with something else. The status says enough.
  }
  const scope = /scope="([^"]+)"/.exec(response.headers.get('WWW-Authenticate') ?? '')?.[1];
  const wait = response.headers.get('Retry-After');
  const detail = problem.detail ?? problem.title ?? `The gateway answered ${response.status}.`;
  const advice = wait && (response.status === 429 || response.status === 503) ? ` Try again in ${wait} seconds.` : '';
  return new ApiError(response.status, detail + advice, problem.errors ?? [], scope);
}
