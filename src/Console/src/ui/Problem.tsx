import type { JSX } from 'preact';
import { ApiError } from '../api/client';
import { keepKey } from '../api/key';

/** Says why something failed and what to do about it. */
export function Problem({ error, retry }: { error: unknown; retry?: () => void }): JSX.Element | null {
  // Where the gateway asks for a key, the whole page does.
  if (!error || (error instanceof ApiError && error.status === 401)) return null;
  if (error instanceof ApiError && error.status === 403) return <MissingScope error={error} />;
  const message = error instanceof Error ? error.message : String(error);
  return (
    <div class="problem" role="alert">
      <p><strong>{title(error)}</strong> {message}</p>
      {error instanceof ApiError && error.errors.length > 0 &&
        <ul>{error.errors.map(e => <li key={e.field + e.rule}><code>{e.field}</code> {e.rule}</li>)}</ul>}
      {retry && <button type="button" onClick={retry}>Try again</button>}
    </div>
  );
}

function title(error: unknown): string {
  if (!(error instanceof ApiError)) return 'Something went wrong.';
  switch (error.status) {
    case 0: return 'No answer.';
    case 400: return 'The input breaks a rule.';
    case 404: return 'Not found.';
    case 409: return 'Not possible now.';
    case 429: return 'Too much at once.';
    case 503: return 'The cluster is not ready.';
    case 504: return 'Too late.';
    default: return `Error ${error.status}.`;
  }
}

function MissingScope({ error }: { error: ApiError }): JSX.Element {
  return (
    <div class="problem gentle" role="alert">
      <p><strong>Your key does not open this.</strong> {error.scope
        ? <>It needs the scope <code>{error.scope}</code>. Make a key that has it with <code>dinorleans keys make</code>, and use it here.</>
        : error.message}</p>
      <button type="button" onClick={() => keepKey('')}>Use another key</button>
    </div>
  );
}
