import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { keepKey, onKeyChange, onRefused, readKey } from './api/key';
import { address, Link, usePlace } from './routing';
import { chooseTheme, readTheme, type Theme } from './theme';
import { views } from './views';
import { KeyForm } from './ui/KeyForm';
import { Empty, Title } from './ui/parts';

export function App(): JSX.Element {
  const place = usePlace();
  const name = place.parts[0] ?? '';
  const view = views.find(v => v.name === name);
  const [refused, setRefused] = useState<string>();
  useEffect(() => onRefused(setRefused), []);
  useEffect(() => onKeyChange(() => setRefused(undefined)), []);
  return (
    <div class="shell">
      <a class="skip" href="#main">Skip to the content</a>
      <aside class="side">
        <div class="brand"><span class="mark" aria-hidden="true" /><span>DinOrleans</span></div>
        <nav aria-label="Views">
          <ul>{views.map(v => <li key={v.name}><Link to={address(v.name ? [v.name] : [])} current={v.name === name}>{v.title}</Link></li>)}</ul>
        </nav>
        <div class="side-foot">
          <ThemeSwitch />
          <KeyState />
          <a href="/docs">API description</a>
        </div>
      </aside>
      <main id="main" tabIndex={-1}>
        {refused !== undefined ? <KeyForm reason={readKey() ? refused : undefined} />
          : view ? <view.View key={view.name} place={place} /> : <NoSuchView />}
      </main>
    </div>
  );
}

function NoSuchView(): JSX.Element {
  return (
    <>
      <Title>There is no such view</Title>
      <Empty title="The address names no view of this console."><Link to={address([])}>Go to the overview</Link></Empty>
    </>
  );
}

function ThemeSwitch(): JSX.Element {
  const [theme, setTheme] = useState(readTheme);
  const choose = (chosen: Theme) => {
    chooseTheme(chosen);
    setTheme(chosen);
  };
  return (
    <label class="theme"><span>Colours</span>
      <select value={theme} onChange={e => choose(e.currentTarget.value as Theme)}>
        <option value="system">System</option>
        <option value="light">Light</option>
        <option value="dark">Dark</option>
      </select>
    </label>
  );
}

function KeyState(): JSX.Element | null {
  const [key, setKey] = useState(readKey);
  useEffect(() => onKeyChange(() => setKey(readKey())), []);
  return key ? <button type="button" class="small" onClick={() => keepKey('')}>Forget the key</button> : null;
}
