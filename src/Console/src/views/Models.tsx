import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { get, send } from '../api/client';
import { useAction, useLoad } from '../api/load';
import { curl } from '../api/snippets';
import type { ModelDescription, Models as Registry, ModelVersion, Training } from '../api/types';
import { count, date, dateTime, fixed, measureName, none } from '../format';
import { address, Link, type Place } from '../routing';
import { Calibration } from '../ui/Calibration';
import { Curves } from '../ui/Curves';
import { Gates } from '../ui/Gates';
import { Loaded } from '../ui/Loaded';
import { Problem } from '../ui/Problem';
import { Badge, Card, Code, Confirm, Empty, Table, Title } from '../ui/parts';

const every = 3000;

export function Models({ place }: { place: Place }): JSX.Element {
  const [, name, other] = place.parts;
  if (name === 'compare') return <Compare left={other ?? ''} right={place.parts[3] ?? ''} />;
  return name === undefined ? <List /> : <Version key={name} name={name} />;
}

function State({ version, registry }: { version: ModelVersion; registry: Registry }): JSX.Element {
  if (version.refusedBecause) return <Badge tone="bad">refused</Badge>;
  if (version.version === registry.active) return <Badge tone="good">active</Badge>;
  if (version.version === registry.target) return <Badge tone="accent">loading</Badge>;
  if (version.version === registry.retiring) return <Badge tone="warn">retiring</Badge>;
  if (version.waitsBecause) return <Badge tone="warn">waits</Badge>;
  return <Badge>kept</Badge>;
}

function List(): JSX.Element {
  const load = useLoad(signal => get('/v1/models', { signal }), [], every);
  const [chosen, setChosen] = useState<string[]>([]);
  const toggle = (version: string) => setChosen(c => c.includes(version) ? c.filter(v => v !== version) : [...c.slice(-1), version]);
  return (
    <>
      <Title lead="The published versions, newest first, and what each silo serves." actions={chosen.length === 2
        ? <Link to={address(['models', 'compare', ...chosen])}>Compare the two</Link> : <span class="muted">Tick two versions to compare them</span>}>Models</Title>
      <Loaded of={load} lines={10}>{registry => (
        <>
          <Card title="Versions">
            {registry.versions.length === 0
              ? <Empty title="No version was published yet.">Rankings are by popularity. Start one under <Link to={address(['trainings'])}>Trainings</Link>, or publish one with <code>dinorleans publish</code>.</Empty>
              : <Table caption="Versions" head={['', 'Version', 'State', 'Model', 'Published', ['AUC', 'number'], ['GAUC', 'number'], ['Log loss', 'number']]}>
                  {registry.versions.map(v => (
                    <tr key={v.version}>
                      <td><input type="checkbox" aria-label={`Compare ${v.version}`} checked={chosen.includes(v.version)} onChange={() => toggle(v.version)} /></td>
                      <th scope="row"><Link to={address(['models', v.version])}>{v.version}</Link></th>
                      <td><State version={v} registry={registry} /></td>
                      <td>{v.kind}</td>
                      <td>{date(v.publishedAt)}</td>
                      <td class="number">{fixed(v.metrics.auc, 4)}</td>
                      <td class="number">{fixed(v.metrics.gauc, 4)}</td>
                      <td class="number">{fixed(v.metrics.logLoss, 4)}</td>
                    </tr>
                  ))}
                </Table>}
          </Card>
          <Silos registry={registry} />
        </>
      )}</Loaded>
    </>
  );
}

function Silos({ registry }: { registry: Registry }): JSX.Element {
  return (
    <Card title="Silos">
      <Table caption="What each silo serves" head={['Silo', 'Serves', 'Loaded too', 'Scored by']}>
        {registry.silos.map(silo => (
          <tr key={silo.silo}>
            <th scope="row"><code class="nowrap">{silo.silo}</code></th>
            <td class="nowrap">{silo.serving ?? none}</td>
            <td>{silo.loaded.filter(v => v !== silo.serving).map(v => <span key={v} class="nowrap">{v} </span>)}{silo.loaded.every(v => v === silo.serving) && none}
              {Object.entries({ ...silo.failing, ...silo.refused }).map(([version, reason]) => <p key={version} class="bad">{version}: {reason}</p>)}</td>
            <td>{silo.serving && silo.scorers[silo.serving] ? <>{silo.scorers[silo.serving]!.kernel} <span class="muted">{silo.scorers[silo.serving]!.reason}</span></> : none}</td>
          </tr>
        ))}
      </Table>
    </Card>
  );
}

function Version({ name }: { name: string }): JSX.Element {
  const load = useLoad(signal => get('/v1/models', { signal }), [name], every);
  const described = useLoad(signal => get('/v1/models/{version}', { path: { version: name }, signal }), [name]);
  const training = useLoad(signal => findTraining(name, signal), [name]);
  const { busy, error, run } = useAction();
  const [asks, setAsks] = useState(false);
  const activation = { path: { version: name }, body: {} };
  const activate = () => run(async () => {
    await send('post', '/v1/models/{version}/activate', activation);
    setAsks(false);
    load.reload();
  });
  const version = load.value?.versions.find(v => v.version === name);
  const isActive = load.value?.active === name;
  return (
    <>
      <Title lead={version && load.value && <><State version={version} registry={load.value} /> {version.kind}, published {dateTime(version.publishedAt)}</>}
        actions={version && !isActive && <button type="button" class="primary" disabled={busy} onClick={() => setAsks(true)}>Activate …</button>}>{`Version ${name}`}</Title>
      <Problem error={load.error} retry={load.reload} />
      {!asks && <Problem error={error} />}
      {version?.refusedBecause && <div class="problem" role="alert"><p><strong>The cluster refused it.</strong> {version.refusedBecause}</p></div>}
      {version?.waitsBecause && <div class="problem gentle"><p><strong>Its roll-out waits.</strong> {version.waitsBecause}</p></div>}
      {asks && (
        <Confirm title="Make it the active version?" verb="Activate" busy={busy} onConfirm={activate} onClose={() => setAsks(false)}>
          <p>Every silo loads, verifies and warms <strong>{name}</strong>. Then all users are ranked by it, without an experiment. The active version now is <strong>{load.value?.active ?? 'none'}</strong>.</p>
          <Problem error={error} />
        </Confirm>
      )}
      <div class="columns">
        <Card title="Measures">{version ? <Measures metrics={version.metrics} /> : <p class="muted">{load.loading ? 'Loading …' : 'The version is not among the published ones.'}</p>}</Card>
        <Card title="Origin"><Loaded of={described} lines={5}>{d => <Origin described={d} training={training.value} />}</Loaded></Card>
      </div>
      {training.value && (
        <>
          <Card title="Curves" actions={<Link to={address(['trainings', training.value.id])}>The training</Link>}><Curves points={training.value.curve} /></Card>
          <Card title="Gates"><Gates gates={training.value.gates} /></Card>
        </>
      )}
      {described.value && version && (
        <Card title="Calibration" note={described.value.calibration && 'Validation rankings in ten groups by their predicted probability. A point above the line had more events than predicted.'}>
          <Calibration tasks={described.value.calibration} scoresAreProbabilities={version.scoresAreProbabilities} />
        </Card>
      )}
      {described.value && <Card title="Options"><Code label="The model's options" text={JSON.stringify(described.value.options, null, 2)} /></Card>}
      <Card title="The same in code"><Code label="Activate with curl" text={curl('post', '/v1/models/{version}/activate', activation)} /></Card>
    </>
  );
}

function Measures({ metrics }: { metrics: Record<string, number> }): JSX.Element {
  const entries = Object.entries(metrics);
  return entries.length === 0 ? <p class="muted">Nothing was measured.</p>
    : <dl class="facts">{entries.map(([name, value]) => <><dt key={name}>{measureName(name)}</dt><dd>{Number.isInteger(value) ? count(value) : value.toFixed(4)}</dd></>)}</dl>;
}

function Origin({ described, training }: { described: ModelDescription; training: Training | null | undefined }): JSX.Element {
  return (
    <dl class="facts">
      <dt>Made</dt><dd>{dateTime(described.createdAt)}</dd>
      <dt>Weights from</dt><dd>{described.startedFrom ? <Link to={address(['models', described.startedFrom])}>{described.startedFrom}</Link> : 'fresh weights'}</dd>
      <dt>Events</dt><dd>{count(described.events)}</dd>
      <dt>From</dt><dd>{dateTime(described.from)}</dd>
      <dt>To</dt><dd>{dateTime(described.until)}</dd>
      {training && <><dt>Training</dt><dd><Link to={address(['trainings', training.id])}>{training.id}</Link></dd></>}
    </dl>
  );
}

/** Finds the training that a version came of, among the latest; null where it came from elsewhere. */
async function findTraining(version: string, signal: AbortSignal): Promise<Training | null> {
  try {
    const page = await get('/v1/trainings', { query: { limit: 100 }, signal });
    return page.trainings.find(t => t.version === version) ?? null;
  } catch (error) {
    // Whoever may see models need not see trainings.
    if (signal.aborted) throw error;
    return null;
  }
}

function Compare({ left, right }: { left: string; right: string }): JSX.Element {
  const names = [left, right];
  const registry = useLoad(signal => get('/v1/models', { signal }), []);
  const described = useLoad(signal => Promise.all(names.map(n => get('/v1/models/{version}', { path: { version: n }, signal }))), [left, right]);
  const trainings = useLoad(signal => Promise.all(names.map(n => findTraining(n, signal))), [left, right]);
  return (
    <>
      <Title lead={<>{left} and {right}</>} actions={<Link to={address(['models'])}>All versions</Link>}>Compare two versions</Title>
      <Loaded of={registry} lines={8}>{value => <Card title="Measures"><Side versions={names.map(n => value.versions.find(v => v.version === n))} names={names} /></Card>}</Loaded>
      {trainings.value?.some(t => t) && (
        <div class="columns">{trainings.value.map((t, i) => <Card key={i} title={`Curves of ${names[i]}`}>{t ? <Curves points={t.curve} /> : <p class="muted">No training of this cluster made it.</p>}</Card>)}</div>
      )}
      <Loaded of={described} lines={8}>{pair => (
        <>
          {pair.some(d => d.calibration) && registry.value && (
            <div class="columns">{pair.map((d, i) => (
              <Card key={i} title={`Calibration of ${d.version}`}>
                <Calibration tasks={d.calibration} scoresAreProbabilities={registry.value!.versions.find(v => v.version === d.version)?.scoresAreProbabilities ?? false} />
              </Card>
            ))}</div>
          )}
          <Card title="Options that differ"><Options pair={pair} /></Card>
        </>
      )}</Loaded>
    </>
  );
}

function Side({ versions, names }: { versions: (ModelVersion | undefined)[]; names: string[] }): JSX.Element {
  const [a, b] = versions;
  const measures = [...new Set(versions.flatMap(v => Object.keys(v?.metrics ?? {})))];
  return (
    <Table caption="Measures side by side" head={['Measure', [names[0]!, 'number'], [names[1]!, 'number'], ['Difference', 'number']]}>
      {measures.map(m => {
        const [x, y] = [a?.metrics[m], b?.metrics[m]];
        return <tr key={m}><th scope="row">{measureName(m)}</th><td class="number">{fixed(x, 4)}</td><td class="number">{fixed(y, 4)}</td><td class="number">{x !== undefined && y !== undefined ? (y - x).toFixed(4) : none}</td></tr>;
      })}
    </Table>
  );
}

function Options({ pair }: { pair: ModelDescription[] }): JSX.Element {
  const [a, b] = pair.map(d => flatten(d.options));
  const keys = [...new Set([...Object.keys(a!), ...Object.keys(b!)])].filter(k => a![k] !== b![k]);
  return keys.length === 0 ? <p class="muted">The two have the same options.</p> : (
    <Table caption="Options that differ" head={['Option', pair[0]!.version, pair[1]!.version]}>
      {keys.map(k => <tr key={k}><th scope="row"><code>{k}</code></th><td>{a![k] ?? none}</td><td>{b![k] ?? none}</td></tr>)}
    </Table>
  );
}

function flatten(value: unknown, path = ''): Record<string, string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { [path]: JSON.stringify(value) };
  return Object.assign({}, ...Object.entries(value).map(([k, v]) => flatten(v, path ? `${path}.${k}` : k))) as Record<string, string>;
}
