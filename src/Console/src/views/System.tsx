import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { get, send } from '../api/client';
import { useAction, useLoad } from '../api/load';
import type { Key, Scope } from '../api/types';
import { ago, bytes, count, date, none, percent, rate } from '../format';
import { Loaded } from '../ui/Loaded';
import { Problem } from '../ui/Problem';
import { Badge, Card, Code, Confirm, Empty, Table, Title } from '../ui/parts';

const every = 3000;
const scopes: Scope[] = ['rank', 'events', 'catalogue', 'users.read', 'users.erase', 'models', 'experiments', 'training', 'admin'];

export function System(): JSX.Element {
  return (
    <>
      <Title lead="The silos of the cluster, the API keys, and the settings of the process that answers.">System</Title>
      <Silos />
      <Keys />
      <SettingsOfProcess />
    </>
  );
}

function Silos(): JSX.Element {
  const load = useLoad(signal => get('/v1/cluster', { signal }), [], every);
  return (
    <Card title="Silos">
      <Loaded of={load} lines={3}>{({ silos }) => silos.length === 0
        ? <Empty title="No silo has reported within the last ten seconds.">Silos report every two seconds. A cluster that has just started has none for a moment.</Empty>
        : <Table caption="Silos" head={['Silo', 'Roles', 'Started', ['Rankings/s', 'number'], ['Rankings', 'number'], ['Queue', 'number'], ['Processors', 'number'], ['Memory', 'number']]}>
            {silos.map(s => (
              <tr key={s.silo}>
                <th scope="row">{s.name}<br /><code class="muted nowrap">{s.silo}</code></th>
                <td class="nowrap"><Badge>users</Badge> {s.scores && <Badge tone="accent">scoring</Badge>}</td>
                <td class="nowrap">{ago(s.startedAt)}</td>
                <td class="number">{rate(s.rankingsPerSecond)}</td>
                <td class="number">{count(s.rankings)}</td>
                <td class="number">{s.scores ? `${count(s.queue)} of ${count(s.queueLimit)}` : none}</td>
                <td class="number">{s.processorPercent === undefined ? none : percent(s.processorPercent / 100, 0)}</td>
                <td class="number">{bytes(s.memoryBytes)}<br /><span class="muted">of {bytes(s.memoryLimitBytes)}</span></td>
              </tr>
            ))}
          </Table>}
      </Loaded>
    </Card>
  );
}

function Keys(): JSX.Element {
  const load = useLoad(signal => get('/v1/keys', { signal }), []);
  const { busy, error, run } = useAction();
  const [made, setMade] = useState<string>();
  const [ending, setEnding] = useState<Key>();
  const revoke = () => run(async () => {
    await send('delete', '/v1/keys/{id}', { path: { id: ending!.id } });
    setEnding(undefined);
    load.reload();
  });
  return (
    <Card title="API keys" note="Keys count where the setting Auth:Mode is Keys. Every gateway refuses a revoked key within ten seconds.">
      <Problem error={error} />
      {made && <div class="stack" role="status"><p><strong>The new key is shown only here and now.</strong> Copy it to where it is used.</p><Code label="The key" text={made} /></div>}
      {ending && (
        <Confirm title="Revoke this key?" verb="Revoke" busy={busy} onConfirm={revoke} onClose={() => setEnding(undefined)}>
          <p>Whoever uses <strong>{ending.note}</strong> (<code>{ending.id}</code>) is refused from then on. This cannot be undone.</p>
        </Confirm>
      )}
      <Loaded of={load} lines={4}>{({ keys }) => keys.length === 0
        ? <Empty title="There is no key.">Make one here, or with <code>dinorleans keys make</code>.</Empty>
        : <Table caption="API keys" head={['Key', 'Scopes', 'Made', 'Expires', 'Last used', '']}>
            {keys.map(k => (
              <tr key={k.id}>
                <th scope="row">{k.note}<br /><code class="muted">{k.id}</code></th>
                <td><ul class="tags">{k.scopes.map(s => <li key={s}>{s}</li>)}</ul></td>
                <td>{date(k.createdAt)}</td>
                <td>{k.expiresAt ? date(k.expiresAt) : 'never'}</td>
                <td>{k.lastUsedAt ? ago(k.lastUsedAt) : 'never'}</td>
                <td class="number">{k.revokedAt ? <Badge tone="bad">revoked</Badge> : <button type="button" class="small" aria-label={`Revoke ${k.note}`} onClick={() => setEnding(k)}>Revoke …</button>}</td>
              </tr>
            ))}
          </Table>}
      </Loaded>
      <MakeKey onMade={key => { setMade(key); load.reload(); }} />
    </Card>
  );
}

function MakeKey({ onMade }: { onMade: (key: string) => void }): JSX.Element {
  const [note, setNote] = useState('');
  const [chosen, setChosen] = useState<Scope[]>(['rank', 'events']);
  const { busy, error, run } = useAction();
  const submit = (event: Event) => {
    event.preventDefault();
    void run(async () => {
      const answer = await send('post', '/v1/keys', { body: { note, scopes: chosen } });
      setNote('');
      onMade(answer.key);
    });
  };
  return (
    <details>
      <summary>Make a key</summary>
      <form class="stack" onSubmit={submit}>
        <label class="field"><span>Who or what it is for</span><input required maxLength={200} value={note} onInput={e => setNote(e.currentTarget.value)} /></label>
        <fieldset><legend class="muted">Scopes</legend>
          <div class="actions">{scopes.map(s => (
            <label key={s} class="check"><input type="checkbox" checked={chosen.includes(s)} onChange={() => setChosen(c => c.includes(s) ? c.filter(x => x !== s) : [...c, s])} />{s}</label>
          ))}</div></fieldset>
        <Problem error={error} />
        <div class="actions"><button class="primary" disabled={busy || chosen.length === 0}>Make the key</button></div>
      </form>
    </details>
  );
}

function SettingsOfProcess(): JSX.Element {
  const load = useLoad(signal => get('/v1/settings', { signal }), []);
  const [all, setAll] = useState(false);
  return (
    <Card title="Settings" note="Of the process that answers. Values that may hold secrets are not shown."
      actions={<label class="check"><input type="checkbox" checked={all} onChange={e => setAll(e.currentTarget.checked)} />Show defaults</label>}>
      <Loaded of={load} lines={6}>{({ sections }) => {
        const shown = sections.flatMap(s => s.settings.filter(x => all || x.isGiven).map(x => ({ ...x, name: `${s.section}:${x.name}` })));
        return shown.length === 0 ? <Empty title="Every setting has its default." /> : (
          <Table caption="Settings" head={['Setting', 'Value', '']}>
            {shown.map(s => (
              <tr key={s.name}>
                <th scope="row"><code>{s.name}</code></th>
                <td>{s.isSecret ? <span class="muted">{s.isGiven ? 'given, not shown' : 'not given'}</span> : s.value || <span class="muted">none</span>}</td>
                <td>{s.isGiven ? <Badge tone="accent">given</Badge> : <Badge>default</Badge>}</td>
              </tr>
            ))}
          </Table>
        );
      }}</Loaded>
    </Card>
  );
}
