import type { JSX } from 'preact';
import type { Load } from '../api/load';
import { Problem } from './Problem';

interface LoadedProps<T> {
  of: Load<T>;
  /** The lines of the placeholder that keeps the room while nothing is there yet. */
  lines?: number;
  children: (value: T) => JSX.Element | null;
}

/** Shows what was loaded, a placeholder of about its size before, or why there is nothing. */
export function Loaded<T>({ of, lines = 4, children }: LoadedProps<T>): JSX.Element {
  return (
    <>
      <Problem error={of.error} retry={of.reload} />
      {of.value !== undefined ? children(of.value) : of.loading && !of.error ? <Placeholder lines={lines} /> : null}
    </>
  );
}

export function Placeholder({ lines }: { lines: number }): JSX.Element {
  return (
    <div class="placeholder" role="status">
      <span class="hidden">Loading …</span>
      {Array.from({ length: lines }, (_, i) => <span key={i} class="line" />)}
    </div>
  );
}
