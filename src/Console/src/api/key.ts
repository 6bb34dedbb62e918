const place = 'dinorleans.key';
const changed = 'dinorleans-key';

/** The API key or token. It stays in this tab only, and goes when the tab is closed. */
export function readKey(): string {
  return sessionStorage.getItem(place) ?? '';
}

export function keepKey(key: string): void {
  if (key) sessionStorage.setItem(place, key);
  else sessionStorage.removeItem(place);
  window.dispatchEvent(new Event(changed));
}

/** Calls back when the key changes. Returns the function that ends it. */
export function onKeyChange(callback: () => void): () => void {
  window.addEventListener(changed, callback);
  return () => window.removeEventListener(changed, callback);
}

const refused = 'dinorleans-refused';

/** Tells the page that the gateway asks for a key, or for another one. */
export function noteRefused(reason: string): void {
  window.dispatchEvent(new CustomEvent(refused, { detail: reason }));
}

/** Calls back with the reason when the gateway asks for a key. Returns the function that ends it. */
export function onRefused(callback: (reason: string) => void): () => void {
  const listen = (event: Event) => callback((event as CustomEvent<string>).detail);
  window.addEventListener(refused, listen);
  return () => window.removeEventListener(refused, listen);
}
