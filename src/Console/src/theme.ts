/** Light, dark, or what the system prefers. */
export type Theme = 'system' | 'light' | 'dark';

const place = 'dinorleans.theme';
const changed = 'dinorleans-theme';

export function readTheme(): Theme {
  const kept = localStorage.getItem(place);
  return kept === 'light' || kept === 'dark' ? kept : 'system';
}

export function chooseTheme(theme: Theme): void {
  localStorage.setItem(place, theme);
  applyTheme();
  window.dispatchEvent(new Event(changed));
}

export function applyTheme(): void {
  const theme = readTheme();
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

/** Calls back when the colours change, by choice or by the system. Returns the function that ends it. */
export function onThemeChange(callback: () => void): () => void {
  const system = matchMedia('(prefers-color-scheme: dark)');
  window.addEventListener(changed, callback);
  system.addEventListener('change', callback);
  return () => {
    window.removeEventListener(changed, callback);
    system.removeEventListener('change', callback);
  };
}

/** The value of a colour of the style sheet. */
export function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}
