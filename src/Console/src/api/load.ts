import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { onKeyChange } from './key';

/** What a view loads: the value once it is there, and why there is none. An old value stays while a new one is on its way. */
export interface Load<T> {
  value: T | undefined;
  error: unknown;
  loading: boolean;
  reload: () => void;
}

/**
 * Loads when the view opens, when what it depends on changes, when the key changes, and every so many milliseconds where that is given.
 * A hidden page does not poll.
 */
export function useLoad<T>(load: (signal: AbortSignal) => Promise<T>, on: readonly unknown[], everyMs?: number): Load<T> {
  const [state, setState] = useState<Omit<Load<T>, 'reload'>>({ value: undefined, error: undefined, loading: true });
  const [turn, setTurn] = useState(0);
  const current = useRef(load);
  current.current = load;
  const reload = useCallback(() => setTurn(t => t + 1), []);

  useEffect(() => onKeyChange(reload), [reload]);
  useEffect(() => {
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    setState(s => ({ ...s, loading: true }));
    const run = async () => {
      try {
        const value = await current.current(abort.signal);
        if (!abort.signal.aborted) setState({ value, error: undefined, loading: false });
      } catch (error) {
        if (!abort.signal.aborted) setState(s => ({ value: everyMs ? s.value : undefined, error, loading: false }));
      }
      if (everyMs && !abort.signal.aborted) timer = setTimeout(again, everyMs);
    };
    const again = () => {
      if (document.hidden) timer = setTimeout(again, everyMs);
      else void run();
    };
    void run();
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [...on, turn, everyMs]);
  return { ...state, reload };
}

/** A value that has not changed for a moment, so that not every key that is pressed makes a request. */
export function useSettled<T>(value: T, afterMs = 250): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), afterMs);
    return () => clearTimeout(timer);
  }, [value, afterMs]);
  return settled;
}

/** Runs something that a person asked for, once at a time, and keeps why it failed. */
export function useAction(): { busy: boolean; error: unknown; run: (action: () => Promise<void>) => Promise<void> } {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const run = useCallback(async (action: () => Promise<void>) => {
    setBusy(true);
    setError(undefined);
    try {
      await action();
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  }, []);
  return { busy, error, run };
}
