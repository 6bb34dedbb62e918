import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Features } from '../api/types';

/** The title of a view, which is read out and focused when the view opens. */
export function Title({ children, lead, actions }: { children: string; lead?: ComponentChildren; actions?: ComponentChildren }): JSX.Element {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${children} · DinOrleans`;
    if (document.activeElement === document.body || document.activeElement?.closest('nav')) heading.current?.focus({ preventScroll: true });
  }, [children]);
  return (
    <header class="title">
      <div>
        <h1 ref={heading} tabIndex={-1}>{children}</h1>
        {lead && <p class="lead">{lead}</p>}
      </div>
      {actions && <div class="actions">{actions}</div>}
    </header>
  );
}

export function Card({ title, note, actions, class: name, children }: {
  title?: string; note?: ComponentChildren; actions?: ComponentChildren; class?: string; children: ComponentChildren;
}): JSX.Element {
  return (
    <section class={`card ${name ?? ''}`}>
      {title && <div class="card-head"><h2>{title}</h2>{actions}</div>}
      {note && <p class="muted note">{note}</p>}
      {children}
    </section>
  );
}

/** A number that is read at a glance. */
export function Figure({ label, value, note, tone }: { label: string; value: string; note?: string; tone?: 'good' | 'bad' | 'warn' | undefined }): JSX.Element {
  return (
    <div class="figure">
      <dt>{label}</dt>
      <dd><span class={`value ${tone ?? ''}`}>{value}</span>{note && <span class="muted">{note}</span>}</dd>
    </div>
  );
}

export function Empty({ title, children }: { title: string; children?: ComponentChildren }): JSX.Element {
  return <div class="empty"><p><strong>{title}</strong></p>{children && <div class="muted">{children}</div>}</div>;
}

/** A state as a word, whose colour says the same. */
export function Badge({ tone, children }: { tone?: 'good' | 'bad' | 'warn' | 'accent' | undefined; children: ComponentChildren }): JSX.Element {
  return <span class={`badge ${tone ?? ''}`}>{children}</span>;
}

export function Tags({ features }: { features: Features | undefined }): JSX.Element | null {
  const entries = Object.entries(features ?? {});
  return entries.length === 0 ? null : (
    <ul class="tags">{entries.map(([name, value]) => <li key={name}><span class="muted">{name}</span> {value}</li>)}</ul>
  );
}

/** A bar whose length says a share of 0 to 1. The number stands beside it, so it is decoration for the ear. */
export function Bar({ share }: { share: number }): JSX.Element {
  return <span class="bar" aria-hidden="true"><span style={{ width: `${Math.max(0, Math.min(1, share)) * 100}%` }} /></span>;
}

export function ProgressBar({ share, label }: { share: number; label: string }): JSX.Element {
  const percent = Math.round(Math.max(0, Math.min(1, share)) * 100);
  return (
    <div class="bar tall" role="progressbar" aria-label={label} aria-valuemin={0} aria-valuemax={100} aria-valuenow={percent}>
      <span style={{ width: `${percent}%` }} />
    </div>
  );
}

/** Browsers lend the clipboard only to pages of https and of this machine. */
const canCopy = 'clipboard' in navigator;

/** Code that can be copied. */
export function Code({ label, text }: { label: string; text: string }): JSX.Element {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
  };
  useEffect(() => setCopied(false), [text]);
  return (
    <figure class="code">
      <figcaption><span>{label}</span>{canCopy && <button type="button" class="small" onClick={copy}>{copied ? 'Copied' : 'Copy'}</button>}</figcaption>
      <pre tabIndex={0} role="region" aria-label={label}><code>{text}</code></pre>
    </figure>
  );
}

/** A choice between a few things, of which one is always chosen. */
export function Choice<T extends string>({ label, options, value, onChange }: {
  label: string; options: readonly (readonly [T, string])[]; value: T; onChange: (value: T) => void;
}): JSX.Element {
  return (
    <fieldset class="choice">
      <legend class="hidden">{label}</legend>
      {options.map(([name, text]) => (
        <label key={name} class={name === value ? 'chosen' : ''}>
          <input type="radio" name={label} checked={name === value} onChange={() => onChange(name)} />{text}
        </label>
      ))}
    </fieldset>
  );
}

/** A table that scrolls within itself on a narrow page. */
export function Table({ caption, head, children }: { caption: string; head: (string | [string, 'number'])[]; children: ComponentChildren }): JSX.Element {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={caption}>
      <table>
        <caption class="hidden">{caption}</caption>
        <thead><tr>{head.map(h => typeof h === 'string' ? <th key={h} scope="col">{h}</th> : <th key={h[0]} scope="col" class="number">{h[0]}</th>)}</tr></thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

/** Asks before something that cannot be undone. Where a word is given, it must be typed. */
export function Confirm({ title, children, verb, word, busy, onConfirm, onClose }: {
  title: string; children: ComponentChildren; verb: string; word?: string; busy?: boolean; onConfirm: () => void; onClose: () => void;
}): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const [typed, setTyped] = useState('');
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} onClose={onClose} aria-labelledby="confirm-title">
      <form method="dialog" onSubmit={event => { event.preventDefault(); onConfirm(); }}>
        <h2 id="confirm-title">{title}</h2>
        {children}
        {word && (
          <label class="field"><span>Type <code>{word}</code> to confirm</span>
            <input value={typed} onInput={e => setTyped(e.currentTarget.value)} autocomplete="off" /></label>
        )}
        <div class="actions end">
          <button type="button" onClick={onClose}>Cancel</button>
          <button class="danger" disabled={busy || (word !== undefined && typed !== word)}>{verb}</button>
        </div>
      </form>
    </dialog>
  );
}
