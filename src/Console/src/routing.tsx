import type { ComponentChildren, JSX } from 'preact';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';

const base = '/console';
const moved = 'dinorleans-moved';

/** Where the console is: the parts of its path, and the parameters of its address. */
export interface Place {
  parts: string[];
  query: URLSearchParams;
}

function read(): Place {
  const path = location.pathname.startsWith(base) ? location.pathname.slice(base.length) : location.pathname;
  return { parts: path.split('/').filter(Boolean).map(decodePart), query: new URLSearchParams(location.search) };
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The address of a view. Ids may hold any character. */
export function address(parts: string[], query?: Record<string, string>): string {
  const path = [base, ...parts.map(encodeURIComponent)].join('/');
  return query && Object.keys(query).length > 0 ? `${path}?${new URLSearchParams(query)}` : path;
}

export function go(to: string, replace = false): void {
  if (replace) history.replaceState(null, '', to);
  else history.pushState(null, '', to);
  window.dispatchEvent(new Event(moved));
}

/** Goes somewhere when an answer has come, unless the person has left the view meanwhile. */
export function useGo(): typeof go {
  const isOpen = useRef(true);
  useEffect(() => () => { isOpen.current = false; }, []);
  return useCallback((to, replace) => { if (isOpen.current) go(to, replace); }, []);
}

export function usePlace(): Place {
  const [place, setPlace] = useState(read);
  useEffect(() => {
    const update = () => setPlace(read());
    window.addEventListener('popstate', update);
    window.addEventListener(moved, update);
    return () => {
      window.removeEventListener('popstate', update);
      window.removeEventListener(moved, update);
    };
  }, []);
  return place;
}

interface LinkProps {
  to: string;
  class?: string;
  current?: boolean;
  children: ComponentChildren;
}

/** A link within the console. With a modifier key it opens as the browser would open it. */
export function Link({ to, current, children, ...rest }: LinkProps): JSX.Element {
  const follow = (event: MouseEvent) => {
    if (event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      go(to);
    }
  };
  return <a href={to} onClick={follow} class={rest.class} aria-current={current ? 'page' : undefined}>{children}</a>;
}
