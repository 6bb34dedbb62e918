import type { components } from './schema.js';

/** A rule that a request broke: the path of the field, for example `events[3].timestamp`, and the rule in words. */
export type Violation = components['schemas']['Violation'];

/** A call that was refused, was not answered in time, or was answered with something else than the API's answers. */
export class DinOrleansError extends Error {
  override readonly name = 'DinOrleansError';
  /** The status code of the last answer; undefined where there was none. */
  readonly status: number | undefined;
  /** What went wrong in words; undefined where the server did not say. */
  readonly detail: string | undefined;
  /** The rules that the request broke. It is empty where the request is not to blame. */
  readonly errors: readonly Violation[];
  /** The milliseconds after which the same request may succeed; undefined where the server named none. */
  readonly retryAfterMs: number | undefined;

  constructor(message: string, more: { status?: number; detail?: string; errors?: readonly Violation[]; retryAfterMs?: number; cause?: unknown } = {}) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.status = more.status;
    this.detail = more.detail;
    this.errors = more.errors ?? [];
    this.retryAfterMs = more.retryAfterMs;
  }
}

const mostCharacters = 500;
const mostErrors = 3;

/** Reads what an answer other than success says. */
export async function readRefusal(call: string, response: Response): Promise<DinOrleansError> {
  const text = await response.text();
  const problem = parse(text);
  const errors = problem?.errors ?? [];
  const detail = problem ? problem.detail : text.split(/\s+/).join(' ').trim().slice(0, mostCharacters) || undefined;
  const said = [...(detail ? [detail] : []), ...errors.slice(0, mostErrors).map(e => `${e.field} ${e.rule}`)].join('; ');
  const retryAfterMs = readRetryAfter(response.headers.get('Retry-After'));
  return new DinOrleansError(`${call}: ${response.status} ${response.statusText}${said ? `, ${said}` : ''}`, {
    status: response.status,
    errors,
    ...(detail ? { detail } : {}),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}

function parse(text: string): { detail?: string; errors?: Violation[] } | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as { detail?: string; errors?: Violation[] }) : undefined;
  } catch {
    // A proxy answered with a page of its own.
    return undefined;
  }
}

function readRetryAfter(header: string | null): number | undefined {
  if (header === null) return undefined;
  const wait = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}
