import { DinOrleansError, readRefusal } from './errors.js';

/** Where the server is, and how calls to it wait and are sent again. */
export interface DinOrleansOptions {
  /** The address of the gateway, for example `http://localhost:5000`. A path in it is kept. */
  address: string | URL;
  /** The API key or token that is sent with each request. Leave it out where the server asks for none. */
  key?: string;
  /** The longest time of one request in milliseconds. 10,000 where it is left out. */
  timeoutMs?: number;
  /** How long a call is sent again before it fails, in milliseconds. 0 never sends again. 30,000 where it is left out. */
  patienceMs?: number;
  /** The wait before a request is sent again where the server does not name one, in milliseconds. 250 where it is left out. */
  retryAfterMs?: number;
  /** Sends the requests. The global `fetch` where it is left out. */
  fetch?: typeof globalThis.fetch;
}

/** How one call may end. */
export interface CallOptions {
  /** Ends the call when it is aborted. The call then rejects with the signal's reason. */
  signal?: AbortSignal;
}

/** One call of the API. */
export interface Call extends CallOptions {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** The path with its query, encoded. */
  path: string;
  /** The body as JSON; undefined for none. */
  json?: unknown;
  /** A body of another type. */
  content?: { type: string; body: BodyInit };
  /** False where the call must not be sent again after it may have been applied. */
  idempotent?: boolean;
  /** False for a request that needs no key. */
  authorized?: boolean;
  /** How long the answer is of use, in milliseconds. */
  deadlineMs?: number;
}

const jitter = 0.2;

/**
 * Sends calls until they are answered: again after 429 and 503, which say that nothing was applied, and after a lost connection or a late answer
 * where the call may be applied twice without harm.
 */
export class Sender {
  readonly #base: string;
  readonly #key: string | undefined;
  readonly #timeoutMs: number;
  readonly #patienceMs: number;
  readonly #retryAfterMs: number;
  readonly #fetch: typeof globalThis.fetch;

  constructor(options: DinOrleansOptions) {
    const address = new URL(options.address);
    if (address.protocol !== 'http:' && address.protocol !== 'https:') throw new RangeError('address must be an absolute http or https address');
    this.#base = address.origin + address.pathname.replace(/\/+$/, '');
    this.#key = options.key;
    this.#timeoutMs = options.timeoutMs ?? 10_000;
    this.#patienceMs = options.patienceMs ?? 30_000;
    this.#retryAfterMs = options.retryAfterMs ?? 250;
    this.#fetch = options.fetch ?? ((input, init) => globalThis.fetch(input, init));
    if (!(this.#timeoutMs > 0 && this.#patienceMs >= 0 && this.#retryAfterMs > 0)) {
      throw new RangeError('timeoutMs and retryAfterMs must be above 0, and patienceMs must be at least 0');
    }
  }

  /** Sends a call. Returns the JSON of the answer; undefined where it has no body. */
  async send<T>(call: Call): Promise<T> {
    const start = performance.now();
    const patience = Math.min(this.#patienceMs, call.deadlineMs ?? Infinity);
    for (;;) {
      const attempt = await this.#try<T>(call, call.deadlineMs === undefined ? undefined : call.deadlineMs - (performance.now() - start));
      if ('value' in attempt) return attempt.value;

      // A little more than was asked for, and not the same for all, so that callers do not come back together.
      const wait = attempt.waitMs === undefined ? undefined : attempt.waitMs * (1 + Math.random() * jitter);
      if (wait === undefined || performance.now() - start + wait > patience) throw attempt.error;
      await pause(wait, call.signal);
    }
  }

  async #try<T>(call: Call, leftMs: number | undefined): Promise<{ value: T } | { error: DinOrleansError; waitMs: number | undefined }> {
    const what = `${call.method} ${call.path.split('?')[0]}`;
    const again = call.idempotent === false ? undefined : this.#retryAfterMs;
    const timeout = AbortSignal.timeout(Math.max(1, Math.floor(Math.min(this.#timeoutMs, leftMs ?? Infinity))));
    let response: Response;
    let text: string;
    try {
      response = await this.#fetch(this.#base + call.path, this.#request(call, leftMs, timeout));
      if (!response.ok) {
        const error = await readRefusal(what, response);
        const busy = response.status === 429 || response.status === 503;
        return { error, waitMs: busy ? error.retryAfterMs || this.#retryAfterMs : undefined };
      }
      text = await response.text();
    } catch (cause) {
      if (call.signal?.aborted) throw call.signal.reason;
      const reason = timeout.aborted ? 'it was not answered in time' : cause instanceof Error ? cause.message : String(cause);
      return { error: new DinOrleansError(`${what}: ${reason}`, { cause }), waitMs: again };
    }
    try {
      return { value: (text === '' ? undefined : JSON.parse(text)) as T };
    } catch (cause) {
      throw new DinOrleansError(`${what}: the answer is not JSON`, { status: response.status, cause });
    }
  }

  #request(call: Call, leftMs: number | undefined, timeout: AbortSignal): RequestInit {
    const headers = new Headers({ Accept: 'application/json' });
    const request: RequestInit = { method: call.method, headers, signal: call.signal ? AbortSignal.any([call.signal, timeout]) : timeout };
    if (this.#key !== undefined && call.authorized !== false) headers.set('Authorization', `Bearer ${this.#key}`);
    if (leftMs !== undefined) headers.set('X-Deadline-Ms', String(Math.max(1, Math.floor(leftMs))));
    if (call.content) {
      headers.set('Content-Type', call.content.type);
      request.body = call.content.body;
    } else if (call.json !== undefined) {
      headers.set('Content-Type', 'application/json');
      request.body = JSON.stringify(call.json);
    }
    return request;
  }
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    if (signal?.aborted) stop();
    else signal?.addEventListener('abort', stop, { once: true });
  });
}
