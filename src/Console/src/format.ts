const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
const moment = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', second: '2-digit' });
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

/** What stands where there is no number. */
export const none = '–';

export const count = (value: number | undefined): string => value === undefined ? none : whole.format(value);
export const compact = (value: number): string => value < 10_000 ? whole.format(value) : short.format(value);
export const fixed = (value: number | undefined, digits: number): string => value === undefined ? none : value.toFixed(digits);
export const percent = (value: number | undefined, digits = 1): string => value === undefined ? none : `${(value * 100).toFixed(digits)} %`;
export const signedPercent = (value: number): string => `${value > 0 ? '+' : value < 0 ? '−' : ''}${Math.abs(value * 100).toFixed(1)} %`;
export const date = (text: string | undefined): string => text ? day.format(new Date(text)) : none;
export const dateTime = (text: string | undefined): string => {
  if (!text) return none;
  const at = new Date(text);
  return at.getFullYear() === new Date().getFullYear() ? moment.format(at) : `${day.format(at)}, ${clock.format(at)}`;
};
export const time = (text: string): string => clock.format(new Date(text));

const dayMonth = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
export const dayAndMonth = (text: string): string => dayMonth.format(new Date(text));

const utcDay = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });

/** A day of UTC as a whole number: the days since 1970. */
export const dayNumber = (text: string): number => Date.parse(`${text}T00:00:00Z`) / 86_400_000;
export const dayName = (number: number): string => utcDay.format(number * 86_400_000);

/** A rate per second with as many digits as say something. */
export function rate(value: number): string {
  return value === 0 ? '0' : value < 10 ? value.toFixed(1) : whole.format(value);
}

export function milliseconds(value: number | undefined): string {
  return value === undefined ? none : value < 10 ? `${value.toFixed(1)} ms` : `${whole.format(value)} ms`;
}

export function bytes(value: number): string {
  const gib = value / 2 ** 30;
  return gib >= 1 ? `${gib.toFixed(1)} GiB` : `${(value / 2 ** 20).toFixed(0)} MiB`;
}

/** How long ago something was, in words. */
export function ago(text: string, now = Date.now()): string {
  const seconds = Math.max(0, Math.round((now - Date.parse(text)) / 1000));
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ago`;
  return `${Math.floor(seconds / 86_400)} days ago`;
}

const measures: Record<string, string> = {
  auc: 'AUC', gauc: 'GAUC', logLoss: 'Log loss', trainingLoss: 'Loss of training', epoch: 'Best epoch', ctr: 'CTR', storedSample: 'Stored sample', loadTime: 'Load time',
};

/** The name of a measure for people. */
export const measureName = (name: string): string => measures[name] ?? words(name);

/** A word in camel case as words: "rolledBack" becomes "rolled back". */
export const words = (text: string): string => text.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
