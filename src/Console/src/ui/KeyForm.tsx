import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { keepKey } from '../api/key';
import { Title } from './parts';

/** Asks for the key or token that the gateway wants. */
export function KeyForm({ reason }: { reason: string | undefined }): JSX.Element {
  const [key, setKey] = useState('');
  const submit = (event: Event) => {
    event.preventDefault();
    keepKey(key.trim());
  };
  return (
    <form class="key-form stack" onSubmit={submit}>
      <Title>This server asks for a key</Title>
      {reason && <p class="bad" role="alert">{reason}</p>}
      <p class="muted">The key or token stays in this tab and is forgotten when you close it.</p>
      <label class="field">
        <span>API key or token</span>
        <input type="password" required autocomplete="off" value={key} onInput={e => setKey(e.currentTarget.value)} />
      </label>
      <button class="primary">Use this key</button>
    </form>
  );
}
