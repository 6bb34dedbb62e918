import type { JSX } from 'preact';
import { useEffect, useId, useState } from 'preact/hooks';

/** A field that searches as a person types, a moment after the last key. */
export function SearchBox({ label, value, offers = [], onSearch }: { label: string; value: string; offers?: string[]; onSearch: (text: string) => void }): JSX.Element {
  const list = useId();
  const [text, setText] = useState(value);
  const [timer, setTimer] = useState<ReturnType<typeof setTimeout>>();
  useEffect(() => () => clearTimeout(timer), [timer]);
  const type = (typed: string) => {
    setText(typed);
    clearTimeout(timer);
    setTimer(setTimeout(() => onSearch(typed.trim()), 200));
  };
  return (
    <form role="search" onSubmit={event => { event.preventDefault(); clearTimeout(timer); onSearch(text.trim()); }}>
      <label class="field"><span>{label}</span>
        <input type="search" value={text} maxLength={200} list={list} autocomplete="off" spellcheck={false} onInput={e => type(e.currentTarget.value)} /></label>
      <datalist id={list}>{offers.map(o => <option key={o} value={o} />)}</datalist>
    </form>
  );
}

/** Leads from page to page of a list. The way back is remembered, because the server knows only the way on. */
export function Pager({ next, onPage }: { next: string | undefined; onPage: (after: string | undefined) => void }): JSX.Element | null {
  const [before, setBefore] = useState<(string | undefined)[]>([]);
  const [here, setHere] = useState<string>();
  const move = (to: string | undefined, trail: (string | undefined)[]) => {
    setBefore(trail);
    setHere(to);
    onPage(to);
  };
  if (!next && before.length === 0) return null;
  return (
    <nav class="actions" aria-label="Pages">
      <button type="button" disabled={before.length === 0} onClick={() => move(before.at(-1), before.slice(0, -1))}>Previous page</button>
      <button type="button" disabled={!next} onClick={() => move(next, [...before, here])}>Next page</button>
      <span class="muted">Page {before.length + 1}</span>
    </nav>
  );
}
