import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { get, send } from '../api/client';
import { useAction, useLoad } from '../api/load';
import type { Input } from '../api/operations';
import { curl } from '../api/snippets';
import type { Arm, Difference, Experiment } from '../api/types';
import { count, dateTime, fixed, measureName, milliseconds, none, percent, signedPercent, words } from '../format';
import { address, Link, type Place } from '../routing';
import { Loaded } from '../ui/Loaded';
import { Problem } from '../ui/Problem';
import { Badge, Card, Code, Confirm, Empty, Table, Title } from '../ui/parts';

const every = 2000;
const tones = { running: 'accent', promoting: 'accent', waiting: 'warn', promoted: 'good', rolledBack: 'bad', stopped: undefined } as const;

export function Experiments({ place }: { place: Place }): JSX.Element {
  const name = place.parts[1];
  return name === undefined ? <List /> : <One key={name} name={name} />;
}

const example: Input<'put', '/v1/experiments/{name}'> = {
  path: { name: 'warmer-list' },
  body: { mode: 'split', arms: [{ name: 'drawn', share: 10, temperature: 0.05 }], guards: [{ measure: 'ctr', limit: 0.02 }] },
};

const isRunning = (e: Experiment): boolean => e.status === 'running' || e.status === 'promoting';
const hasEnded = (e: Experiment): boolean => !isRunning(e) && e.status !== 'waiting';

function List(): JSX.Element {
  const load = useLoad(signal => get('/v1/experiments', { signal }), [], every);
  return (
    <>
      <Title lead="Shadows, canaries and splits of the users, newest first.">Experiments</Title>
      <Card>
        <Loaded of={load} lines={8}>{({ experiments }) => experiments.length === 0
          ? <Empty title="There is no experiment.">A new version starts one by itself when it is published. Start your own with <code>PUT /v1/experiments/NAME</code>, for example:
              <Code label="Start a split with curl" text={curl('put', '/v1/experiments/{name}', example)} /></Empty>
          : <Table caption="Experiments" head={['Experiment', 'Status', 'Kind', 'Stage', 'Started', ['Rankings', 'number']]}>
              {experiments.map(e => (
                <tr key={e.name}>
                  <th scope="row"><Link to={address(['experiments', e.name])}>{e.name}</Link></th>
                  <td><Badge tone={tones[e.status]}>{words(e.status)}</Badge></td>
                  <td>{e.mode}</td>
                  <td>{isRunning(e) ? stage(e) : none}</td>
                  <td>{dateTime(e.startedAt)}</td>
                  <td class="number">{count(e.arms.filter(a => a.arm !== 'champion').reduce((n, a) => n + a.rankings, 0))}</td>
                </tr>
              ))}
            </Table>}
        </Loaded>
      </Card>
    </>
  );
}

const stage = (e: Experiment): string => e.stage.shadow ? 'shadow' : e.mode === 'canary' ? `${e.stage.percent} % of the users` : 'all shares';

function One({ name }: { name: string }): JSX.Element {
  const path = { name };
  const load = useLoad(signal => get('/v1/experiments/{name}', { path, signal }), [name], every);
  const { busy, error, run } = useAction();
  const [asks, setAsks] = useState<'promote' | 'stop'>();
  const [arm, setArm] = useState('');
  const experiment = load.value;
  const promotable = experiment?.arms.filter(a => a.arm !== 'champion' && a.version).map(a => a.arm) ?? [];
  const act = () => run(async () => {
    if (asks === 'stop') await send('post', '/v1/experiments/{name}/stop', { path, body: {} });
    else await send('post', '/v1/experiments/{name}/promote', { path, body: { arm: arm || promotable[0]! } });
    setAsks(undefined);
    load.reload();
  });
  return (
    <>
      <Title lead={experiment && <><Badge tone={tones[experiment.status]}>{words(experiment.status)}</Badge> {experiment.mode}, started {dateTime(experiment.startedAt)}{experiment.endedAt && `, ended ${dateTime(experiment.endedAt)}`}</>}
        actions={experiment && !hasEnded(experiment) && (
          <>
            {isRunning(experiment) && promotable.length > 0 && <button type="button" class="primary" disabled={busy} onClick={() => setAsks('promote')}>Promote …</button>}
            <button type="button" class="danger" disabled={busy} onClick={() => setAsks('stop')}>Stop …</button>
          </>)}>{name}</Title>
      {!asks && <Problem error={error} />}
      {asks && (
        <Confirm title={asks === 'promote' ? 'Promote an arm?' : 'Stop the experiment?'} verb={asks === 'promote' ? 'Promote' : 'Stop'} busy={busy} onConfirm={act} onClose={() => setAsks(undefined)}>
          {asks === 'promote'
            ? <><p>The version of the arm becomes the active one for all users.</p>
                <label class="field"><span>Arm</span><select value={arm || promotable[0]} onChange={e => setArm(e.currentTarget.value)}>{promotable.map(a => <option key={a}>{a}</option>)}</select></label></>
            : <p>All users are ranked by the active version again.</p>}
          <Problem error={error} />
        </Confirm>
      )}
      <Loaded of={load} lines={12}>{e => <Report experiment={e} />}</Loaded>
      <Card title="The same in code"><Code label="Stop with curl" text={curl('post', '/v1/experiments/{name}/stop', { path, body: {} })} /></Card>
    </>
  );
}

function Report({ experiment: e }: { experiment: Experiment }): JSX.Element {
  const tasks = e.arms[0]?.tasks.map(t => t.task) ?? [];
  return (
    <>
      {e.splitAlarm && <div class="problem" role="alert"><p><strong>The measures mislead.</strong> {e.splitAlarm}</p></div>}
      {e.reason && <Card title={hasEnded(e) ? 'Why it ended' : e.status === 'waiting' ? 'Why it waits' : 'Why it takes over'}><p>{e.reason}</p></Card>}
      {e.mode === 'canary' && <Card title="Ramp"><Ramp experiment={e} /></Card>}
      <Card title="Arms" note={e.championVersion && `The champion is ${e.championVersion}.`}>
        <Table caption="Arms" head={['Arm', 'Version', ['Share', 'number'], ['Users', 'number'], ['Rankings', 'number'], ['Shown', 'number'], ['p50', 'number'], ['p99', 'number'], ['Errors', 'number']]}>
          {e.arms.map(a => (
            <tr key={a.arm}>
              <th scope="row">{a.arm}</th>
              <td class="nowrap">{a.version ? <Link to={address(['models', a.version])}>{a.version}</Link> : <span class="muted">active</span>}</td>
              <td class="number">{percent(a.share)}</td>
              <td class="number">{count(a.users)}</td>
              <td class="number">{count(a.rankings)}</td>
              <td class="number">{count(a.shown)}</td>
              <td class="number">{milliseconds(a.latencyP50)}</td>
              <td class="number">{milliseconds(a.latencyP99)}</td>
              <td class={`number ${a.errors > 0 ? 'bad' : ''}`}>{count(a.errors)}</td>
            </tr>
          ))}
        </Table>
      </Card>
      {tasks.map(task => <Card key={task} title={`What followed: ${task}`} note="The interval holds the true difference with 99 % probability, however often you look."><Task task={task} arms={e.arms} /></Card>)}
      {e.arms.some(a => a.shadowComparison) && <Card title="In the shadow"><Shadow arms={e.arms} /></Card>}
      <Card title="Guards">{e.guards.length === 0 ? <p class="muted">The experiment has no guards.</p> : (
        <Table caption="Guards" head={['Measure', ['Limit', 'number'], ['Fewest rankings', 'number']]}>
          {e.guards.map(g => <tr key={g.measure}><th scope="row">{measureName(g.measure)}</th><td class="number">{g.limit}</td><td class="number">{count(g.minimumRankings)}</td></tr>)}
        </Table>
      )}</Card>
    </>
  );
}

function Ramp({ experiment: e }: { experiment: Experiment }): JSX.Element {
  const shadowFirst = e.stage.shadow || (!e.stage.shadow && e.ramp.indexOf(e.stage.percent) < e.stage.number);
  const steps = [...(shadowFirst ? ['shadow'] : []), ...e.ramp.map(p => `${p} %`)];
  return (
    <ol class="ramp-steps">
      {steps.map((step, i) => {
        const now = isRunning(e) && i === e.stage.number;
        return <li key={step} class={now ? 'now' : i < e.stage.number || e.status === 'promoted' ? 'done' : ''} aria-current={now ? 'step' : undefined}>{step}</li>;
      })}
    </ol>
  );
}

function Task({ task, arms }: { task: string; arms: Arm[] }): JSX.Element {
  const rows = arms.map(a => [a.arm, a.tasks.find(t => t.task === task)] as const);
  const widest = Math.max(...rows.flatMap(([, t]) => t?.difference ? [Math.abs(t.difference.low), Math.abs(t.difference.high)] : []).filter(Number.isFinite), 0.01);
  return (
    <Table caption={`What followed: ${task}`} head={['Arm', ['Positives', 'number'], ['Rate', 'number'], 'Difference to the champion', '', ['Log loss', 'number'], ['Calibration', 'number']]}>
      {rows.map(([arm, t]) => (
        <tr key={arm}>
          <th scope="row">{arm}</th>
          <td class="number">{count(t?.positives)}</td>
          <td class="number">{percent(t?.rate, 2)}</td>
          <td class="nowrap">{t?.difference ? `${signedPercent(t.difference.estimate)} (${signedPercent(t.difference.low)} to ${signedPercent(t.difference.high)})` : none}</td>
          <td>{t?.difference && <Interval difference={t.difference} widest={widest} />}</td>
          <td class="number">{fixed(t?.logLoss, 4)}</td>
          <td class="number">{fixed(t?.calibration, 3)}</td>
        </tr>
      ))}
    </Table>
  );
}

function Interval({ difference, widest }: { difference: Difference; widest: number }): JSX.Element {
  const at = (v: number) => 50 + (Math.max(-widest, Math.min(widest, v)) / widest) * 48;
  return (
    <span class="interval" aria-hidden="true">
      <i class="zero" />
      <i class="range" style={{ left: `${at(difference.low)}%`, width: `${at(difference.high) - at(difference.low)}%` }} />
      <i class="dot" style={{ left: `${at(difference.estimate)}%` }} />
    </span>
  );
}

function Shadow({ arms }: { arms: Arm[] }): JSX.Element {
  return (
    <Table caption="How shadows compare with what was answered" head={['Arm', ['Compared', 'number'], ['Same in the first 10', 'number'], ["Kendall's tau", 'number'], ['Mean score', 'number'], ["Champion's", 'number']]}>
      {arms.filter(a => a.shadowComparison).map(a => (
        <tr key={a.arm}>
          <th scope="row">{a.arm}</th>
          <td class="number">{count(a.shadowComparison!.compared)}</td>
          <td class="number">{percent(a.shadowComparison!.overlapAt10)}</td>
          <td class="number">{fixed(a.shadowComparison!.kendallTau, 3)}</td>
          <td class="number">{fixed(a.shadowComparison!.meanScore, 4)}</td>
          <td class="number">{fixed(a.shadowComparison!.championMeanScore, 4)}</td>
        </tr>
      ))}
    </Table>
  );
}
