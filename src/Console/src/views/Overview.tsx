import type { JSX } from 'preact';
import { get } from '../api/client';
import { useLoad } from '../api/load';
import type { ItemsPage, Overview as Answer } from '../api/types';
import { ago, compact, count, dateTime, milliseconds, percent, rate } from '../format';
import { address, Link } from '../routing';
import { Chart } from '../ui/Chart';
import { FirstSteps } from '../ui/FirstSteps';
import { Loaded } from '../ui/Loaded';
import { Badge, Card, Empty, Figure, Title } from '../ui/parts';
import { orWithout } from './orWithout';

/** How often the figures are asked for, in milliseconds. */
const every = 2000;

/** The hours that are shown at most: more bars would be too thin. */
const mostHours = 72;

/** The hours that the axis has at least, so that a bar has the width of an hour from the first one on. */
const fewestHours = 12;

/** An hour in seconds. */
const hour = 3600;

export function Overview(): JSX.Element {
  const load = useLoad(signal => get('/v1/overview', { signal }), [], every);
  const byPopularity = load.value?.model.source === 'popularity';
  return (
    <>
      <Title lead="What this gateway and its cluster do now.">Overview</Title>
      {byPopularity && <WhereNothingIsThere />}
      <Loaded of={load} lines={12}>{value => <Figures overview={value} />}</Loaded>
    </>
  );
}

/** Says what to do where the catalogue is empty. A version that serves would mean that somebody knows. */
function WhereNothingIsThere(): JSX.Element | null {
  const items = useLoad(signal => orWithout<ItemsPage | undefined>(get('/v1/items', { query: { limit: 1 }, signal }), undefined), []);
  const schema = useLoad(signal => get('/v1/schema', { signal }), []);
  return items.value?.items.length === 0 ? <FirstSteps schema={schema.value} /> : null;
}

function Figures({ overview }: { overview: Answer }): JSX.Element {
  const { gateway, model, cluster } = overview;
  const at = Date.parse(overview.at) / 1000;
  const x = gateway.rankings.map((_, i) => at - gateway.rankings.length + 1 + i);
  const failed = sum(gateway.failed);
  const refused = sum(gateway.refused);
  const minutes = Math.round(gateway.rankings.length / 60);
  return (
    <>
      <Card title="Cluster" note={cluster.silos === 1 ? 'One silo, by its last report.' : `All ${cluster.silos} silos together, by their last reports.`}>
        <dl class="figures">
          <Figure label="Active version" value={model.kind ?? (model.source === 'popularity' ? 'Popularity' : 'Model')} note={model.active ?? 'until a first version is published'} />
          <Figure label="Rankings per second" value={rate(cluster.rankingsPerSecond)} />
          <Figure label="Score queue" value={count(cluster.queue)} note={`of ${compact(cluster.queueLimit)}`} tone={cluster.queue * 2 > cluster.queueLimit ? 'bad' : undefined} />
          <Figure label="Silos" value={count(cluster.silos)} />
        </dl>
        {model.target && <p><Badge tone="accent">loading</Badge> Silos load version <code>{model.target}</code>.</p>}
      </Card>
      <Card title="This gateway" note={`Counted by this process since ${dateTime(gateway.since)}. Other gateways count for themselves.`}>
        <dl class="figures">
          <Figure label="Rankings/s" value={rate(gateway.rankingsPerSecond)} note="last 10 s" />
          <Figure label="Median time" value={milliseconds(gateway.p50)} note="last minute" />
          <Figure label="99th percentile" value={milliseconds(gateway.p99)} note="last minute" />
          <Figure label="Events/s" value={rate(gateway.eventsPerSecond)} note="last 10 s" />
          <Figure label="Errors" value={count(failed)} note={`last ${minutes} min`} tone={failed > 0 ? 'bad' : undefined} />
          <Figure label="Refused" value={count(refused)} note={`last ${minutes} min`} tone={refused > 0 ? 'warn' : undefined} />
        </dl>
      </Card>
      <div class="columns">
        <Card title="Rankings per second">
          <Chart label={`Rankings per second of this gateway over the last ${minutes} minutes, at most ${Math.max(...gateway.rankings)}.`}
            x={x} time lines={[{ label: 'Rankings', values: gateway.rankings, colour: 'accent' }]} format={compact} top={5} />
        </Card>
        <Card title="Events per second">
          <Chart label={`Events per second that this gateway accepted over the last ${minutes} minutes, at most ${Math.max(...gateway.events)}.`}
            x={x} time lines={[{ label: 'Events', values: gateway.events, colour: 'accent' }]} format={compact} top={5} />
        </Card>
      </div>
      <Clicks clicks={overview.clicks} />
      <p class="muted">Updated {ago(overview.at)}. {model.publishedAt && <>Version published {dateTime(model.publishedAt)}. </>}
        <Link to={address(['try'])}>Try a ranking</Link></p>
    </>
  );
}

function Clicks({ clicks }: { clicks: Answer['clicks'] }): JSX.Element {
  const hours = clicks?.hours.filter(h => h.shown > 0).slice(-mostHours) ?? [];
  if (!clicks || hours.length === 0) {
    return (
      <Card title="Rate of positives by hour">
        <Empty title="Nothing was measured yet.">Rankings of a share of the users who are in no experiment are measured. Send their clicks with the <code>rankingId</code>, and the rate
          appears here. While an experiment has all users, <Link to={address(['experiments'])}>its page</Link> shows the rate of each arm.</Empty>
      </Card>
    );
  }
  const last = Date.parse(hours.at(-1)!.hour) / 1000;
  const first = Math.min(Date.parse(hours[0]!.hour) / 1000, last - (fewestHours - 1) * hour);
  const shown = sum(hours.map(h => h.shown));
  const positives = sum(hours.map(h => h.positives));
  const scored = sum(hours.map(h => h.scored));
  const expected = scored > 0 ? `, where ${percent(sum(hours.map(h => h.expected)) / scored)} were expected` : '';
  return (
    <Card title={`Rate of ${clicks.task} by hour`}
      note={`Of version ${clicks.version}, on ${percent(clicks.userShare, 0)} of the users outside experiments, kept since the cluster started. ${count(positives)} of ${count(shown)} shown items: ${percent(positives / shown)}${expected}.`}>
      <Chart label={`${percent(positives / shown)} of the shown items had a ${clicks.task}${expected}, over ${hours.length} hours.`} time height={200} span={[first - hour / 2, last + hour / 2]}
        x={hours.map(h => Date.parse(h.hour) / 1000)} format={v => percent(v, 0)}
        lines={[
          { label: 'Rate', values: hours.map(h => h.positives / h.shown), colour: 'accent', bars: true },
          ...(scored > 0 ? [{ label: 'Expected by the version', values: hours.map(h => h.scored > 0 ? h.expected / h.scored : null), colour: 'second' }] : []),
        ]} />
    </Card>
  );
}

const sum = (numbers: number[]): number => numbers.reduce((a, b) => a + b, 0);
