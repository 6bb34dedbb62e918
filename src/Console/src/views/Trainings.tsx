import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { get, send } from '../api/client';
import { useAction, useLoad } from '../api/load';
import { curl } from '../api/snippets';
import type { NewTraining, Training } from '../api/types';
import { compact, count, dateTime, fixed, none, words } from '../format';
import { address, Link, useGo, type Place } from '../routing';
import { Curves } from '../ui/Curves';
import { Gates } from '../ui/Gates';
import { Loaded } from '../ui/Loaded';
import { Problem } from '../ui/Problem';
import { Badge, Card, Code, Empty, ProgressBar, Table, Title } from '../ui/parts';
import { Pager } from '../ui/SearchBox';

const every = 2000;
const tones = { waiting: undefined, running: 'accent', gating: 'accent', published: 'good', rejected: 'warn', failed: 'bad' } as const;

export function Trainings({ place }: { place: Place }): JSX.Element {
  const id = place.parts[1];
  return id === undefined ? <List /> : <One key={id} id={id} />;
}

function List(): JSX.Element {
  const [after, setAfter] = useState<string>();
  const load = useLoad(signal => get('/v1/trainings', { query: { after, limit: 20 }, signal }), [after], every);
  return (
    <>
      <Title lead="Trainings of versions from the log, newest first.">Trainings</Title>
      <Start />
      <Card title="All trainings">
        <Loaded of={load} lines={8}>{page => page.trainings.length === 0
          ? <Empty title="Nothing was trained yet.">The training service trains when enough events have come, or when you start one.</Empty>
          : <Table caption="Trainings" head={['Training', 'State', 'Asked for by', 'Begun', 'Progress', ['GAUC', 'number'], 'Version']}>
              {page.trainings.map(t => (
                <tr key={t.id}>
                  <th scope="row"><Link to={address(['trainings', t.id])}>{t.id}</Link></th>
                  <td><Badge tone={tones[t.state]}>{t.state}</Badge></td>
                  <td>{words(t.trigger)}</td>
                  <td>{dateTime(t.startedAt)}</td>
                  <td><Step training={t} /></td>
                  <td class="number">{fixed(t.curve.at(-1)?.gauc, 4)}</td>
                  <td>{t.version ? <Link to={address(['models', t.version])}>{t.version}</Link> : none}</td>
                </tr>
              ))}
            </Table>}
        </Loaded>
        <Pager next={load.value?.next} onPage={setAfter} />
      </Card>
    </>
  );
}

function Start(): JSX.Element {
  const [reason, setReason] = useState('');
  const [fresh, setFresh] = useState(false);
  const { busy, error, run } = useAction();
  const go = useGo();
  const body: NewTraining = { ...(reason ? { reason } : {}), freshWeights: fresh };
  const submit = (event: Event) => {
    event.preventDefault();
    void run(async () => {
      const made = await send('post', '/v1/trainings', { body });
      go(address(['trainings', made.id]));
    });
  };
  return (
    <Card title="Start a training" note="It learns from the log up to now. A version that passes its gates is brought to the users step by step.">
      <form class="row" onSubmit={submit}>
        <label class="field"><span>Reason <small>optional, shown with the training</small></span>
          <input maxLength={200} value={reason} onInput={e => setReason(e.currentTarget.value)} /></label>
        <label class="check"><input type="checkbox" checked={fresh} onChange={e => setFresh(e.currentTarget.checked)} />From fresh weights</label>
        <button class="primary" disabled={busy}>Start</button>
      </form>
      <Problem error={error} />
      <details><summary>The same with curl</summary><Code label="Start a training with curl" text={curl('post', '/v1/trainings', { body })} /></details>
    </Card>
  );
}

function Step({ training }: { training: Training }): JSX.Element {
  const p = training.progress;
  if (!p) return <span class="muted">{training.curve.length > 0 ? `${training.curve.length} epochs` : none}</span>;
  const share = (p.epoch - 1 + p.step / Math.max(p.steps, 1)) / Math.max(p.epochs, 1);
  return <ProgressBar share={share} label={`Epoch ${p.epoch} of ${p.epochs}, step ${p.step} of ${p.steps}`} />;
}

function One({ id }: { id: string }): JSX.Element {
  const load = useLoad(signal => get('/v1/trainings/{id}', { path: { id }, signal }), [id], every);
  return (
    <>
      <Title actions={<Link to={address(['trainings'])}>All trainings</Link>}>{`Training ${id}`}</Title>
      <Loaded of={load} lines={12}>{t => (
        <>
          <Card title="State" actions={<Badge tone={tones[t.state]}>{t.state}</Badge>}>
            {t.error && <div class={`problem ${t.state === 'failed' ? '' : 'gentle'}`} role="alert"><p>{t.error}</p></div>}
            {t.waitsBecause && <div class="problem gentle"><p><strong>The roll-out of its version waits.</strong> {t.waitsBecause}</p></div>}
            <Live training={t} />
            <dl class="facts">
              <dt>Asked for by</dt><dd>{words(t.trigger)}{t.reason && `: ${t.reason}`}</dd>
              <dt>Asked for</dt><dd>{dateTime(t.requestedAt)}</dd>
              <dt>Begun</dt><dd>{dateTime(t.startedAt)}</dd>
              <dt>Ended</dt><dd>{dateTime(t.endedAt)}</dd>
              <dt>Log until</dt><dd>{dateTime(t.dataUntil)}</dd>
              <dt>Attempts</dt><dd>{count(t.attempt)}{t.failures > 0 && `, of which ${count(t.failures)} failed`}{t.notBefore && `, the next at ${dateTime(t.notBefore)}`}</dd>
              <dt>Weights from</dt><dd>{t.startedFrom ? <Link to={address(['models', t.startedFrom])}>{t.startedFrom}</Link> : 'fresh weights'}</dd>
              <dt>Version</dt><dd>{t.version ? <Link to={address(['models', t.version])}>{t.version}</Link> : none}</dd>
            </dl>
          </Card>
          <Card title="Curves"><Curves points={t.curve} /></Card>
          <Card title="Gates"><Gates gates={t.gates} /></Card>
        </>
      )}</Loaded>
    </>
  );
}

function Live({ training }: { training: Training }): JSX.Element {
  const p = training.progress;
  const text = training.state === 'waiting' ? 'Waiting for a training service.'
    : training.state === 'gating' ? 'Its gates are measured.'
    : p ? `Epoch ${p.epoch} of ${p.epochs}, step ${count(p.step)} of ${count(p.steps)}, ${compact(p.samplesPerSecond)} samples/s${p.loss !== undefined ? `, loss ${p.loss.toFixed(4)}` : ''}`
    : training.state === 'running' ? 'Reading the log.' : '';
  return <div class="stack"><p role="status">{text}</p>{p && <Step training={training} />}</div>;
}
