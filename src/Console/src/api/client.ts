import { noteRefused, readKey } from './key';
import { addressOf, type AnyInput, type Answer, type Input, type Method, type PathOf, type Schemas } from './operations';

/** One broken rule of the input. */
export type Violation = Schemas['Violation'];

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

/** Ends a request when it is aborted. */
interface Abort { signal?: AbortSignal }

/**
 * Sends a request to the gateway that serves this page. What it may say and what is answered follow from the path, so neither is declared here or by a
 * caller.
 */
export async function send<M extends Method, P extends PathOf<M>>(method: M, path: P, input: Input<M, P> & Abort): Promise<Answer<M, P>> {
  const { body, signal }: AnyInput & Abort = input;
  const headers = new Headers();
  const key = readKey();
  if (key) headers.set('Authorization', `Bearer ${key}`);
  if (body !== undefined) headers.set('Content-Type', 'application/json');
  const request: RequestInit = { method: method.toUpperCase(), headers };
  if (body !== undefined) request.body = JSON.stringify(body);
  if (signal) request.signal = signal;

  let response: Response;
  try {
    response = await fetch(addressOf(path, input), request);
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiError(0, 'The gateway cannot be reached. Check that it runs and that this machine can reach it.');
  }

  if (!response.ok) {
    const error = await read(response);
    if (error.status === 401) noteRefused(error.message);
    throw error;
  }

  return (response.status === 204 ? undefined : await response.json()) as Answer<M, P>;
}

export const get = <P extends PathOf<'get'>>(path: P, input: Input<'get', P> & Abort): Promise<Answer<'get', P>> => send('get', path, input);

async function read(response: Response): Promise<ApiError> {
  let problem: Partial<Schemas['Problem']> = {};
  try {
    problem = await response.json() as typeof problem;
  } catch {
    // A proxy may answer with something else. The status says enough.
  }
  const scope = /scope="([^"]+)"/.exec(response.headers.get('WWW-Authenticate') ?? '')?.[1];
  const wait = response.headers.get('Retry-After');
  const detail = problem.detail ?? problem.title ?? `The gateway answered ${response.status}.`;
  const advice = wait && (response.status === 429 || response.status === 503) ? ` Try again in ${wait} seconds.` : '';
  return new ApiError(response.status, detail + advice, problem.errors ?? [], scope);
}
