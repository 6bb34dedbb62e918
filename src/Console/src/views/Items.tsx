import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { ApiError, get } from '../api/client';
import { useLoad } from '../api/load';
import { curl } from '../api/snippets';
import { count, dateTime, none } from '../format';
import { address, go, Link, type Place } from '../routing';
import { FirstSteps } from '../ui/FirstSteps';
import { ItemDays } from '../ui/ItemDays';
import { Loaded } from '../ui/Loaded';
import { Bar, Card, Code, Empty, Table, Tags, Title } from '../ui/parts';
import { Pager, SearchBox } from '../ui/SearchBox';
import { useFeatureValues } from './featureValues';

export function Items({ place }: { place: Place }): JSX.Element {
  const id = place.parts[1];
  return id === undefined ? <Search place={place} /> : <ItemPage key={id} id={id} />;
}

function Search({ place }: { place: Place }): JSX.Element {
  const schema = useLoad(signal => get('/v1/schema', { signal }), []);
  const prefix = place.query.get('prefix') ?? '';
  const feature = place.query.get('feature') ?? '';
  const value = place.query.get('value') ?? '';
  const order = place.query.get('order') === 'popular' ? 'popular' : 'id';
  const show = (change: Record<string, string>) => {
    const all: Record<string, string> = { prefix, feature, value, order: order === 'popular' ? order : '', ...change };
    go(address(['items'], Object.fromEntries(Object.entries(all).filter(([, v]) => v))), true);
  };
  const features = schema.value?.itemFeatures.filter(f => !f.numeric).map(f => f.name) ?? [];
  const values = useFeatureValues(feature);
  const any = useLoad(signal => get('/v1/items', { query: { limit: 1 }, signal }), []);
  const title = <Title lead="The catalogue: find items by id or by a feature.">Items</Title>;
  if (any.value?.items.length === 0) return <>{title}<FirstSteps schema={schema.value} /></>;
  return (
    <>
      {title}
      <Card>
        <div class="row">
          <SearchBox label="The beginning of an item id" value={prefix} onSearch={text => show({ prefix: text, order: '' })} />
          <label class="field"><span>Feature</span>
            <select value={feature} onChange={e => show({ feature: e.currentTarget.value, value: '' })}>
              <option value="">Any</option>
              {features.map(f => <option key={f}>{f}</option>)}
            </select></label>
          {feature && <SearchBox key={feature} label={`Value of ${feature}`} value={value} offers={values} onSearch={text => show({ value: text })} />}
          <label class="field"><span>Order</span>
            <select value={order} onChange={e => show({ order: e.currentTarget.value === 'popular' ? 'popular' : '', prefix: '' })}>
              <option value="id">By id</option>
              <option value="popular">Most events first</option>
            </select></label>
        </div>
        {feature && !value ? <p class="muted">Type a value of {feature}.</p>
          : <Results key={`${prefix}|${feature}|${value}|${order}`} prefix={prefix} feature={feature} value={value} order={order} />}
      </Card>
    </>
  );
}

function Results({ prefix, feature, value, order }: { prefix: string; feature: string; value: string; order: 'id' | 'popular' }): JSX.Element {
  const [after, setAfter] = useState<string>();
  const popular = order === 'popular';
  const load = useLoad(signal => get('/v1/items', {
    query: { feature, value: feature ? value : '', limit: popular ? 50 : 20, ...(popular ? { order } : { prefix, after }) }, signal,
  }), [prefix, feature, value, order, after]);
  return (
    <>
      <Loaded of={load} lines={12}>{page => page.items.length === 0
        ? <Empty title="No item was found.">{!popular ? 'No item of the catalogue is so.' : page.countedAt ? 'No item of the catalogue has events yet.' : 'The events are being counted. Look again in a moment.'}</Empty>
        : <>
            <Table caption="Items" head={['Item id', 'Features', ...(popular ? [['Events', 'number'] as [string, 'number']] : [])]}>
              {page.items.map(item => (
                <tr key={item.itemId}>
                  <th scope="row"><Link to={address(['items', item.itemId])}>{item.itemId}</Link></th>
                  <td><Tags features={item.features} /></td>
                  {popular && <td class="number">{count(item.events)}</td>}
                </tr>
              ))}
            </Table>
            {page.countedAt && <p class="muted">Counted {dateTime(page.countedAt)}, among the 10,000 items with the most events.</p>}
          </>}
      </Loaded>
      {!popular && <Pager next={load.value?.next} onPage={setAfter} />}
    </>
  );
}

function ItemPage({ id }: { id: string }): JSX.Element {
  const item = useLoad(async signal => (await get('/v1/items', { query: { id: [id] }, signal })).items, [id]);
  const popular = useLoad(signal => get('/v1/items', { query: { order: 'popular', limit: 100 }, signal }), []);
  const schema = useLoad(signal => get('/v1/schema', { signal }), []);
  const rank = popular.value?.items.findIndex(i => i.itemId === id) ?? -1;
  const ranked = popular.value?.items[rank];
  return (
    <>
      <Title actions={<Link to={address(['try'], { items: id })}>Rank it for a shopper</Link>}>{`Item ${id}`}</Title>
      <div class="columns">
        <Card title="Features">
          <Loaded of={item} lines={3}>{([found]) => !found
            ? <Empty title="The catalogue does not have this item.">It is ranked from its out-of-vocabulary row. Add it with <code>PUT /v1/items</code>.</Empty>
            : Object.keys(found.features).length === 0 ? <p class="muted">The item has no features.</p>
            : <dl class="facts">{Object.entries(found.features).map(([name, value]) => <><dt key={name}>{name}</dt><dd>{value}</dd></>)}</dl>}
          </Loaded>
        </Card>
        <Card title="Popularity">
          <dl class="facts">
            <dt>Events</dt><dd>{ranked ? count(ranked.events) : popular.value?.countedAt ? `fewer than ${count(popular.value.items.at(-1)?.events)}` : none}</dd>
            <dt>Place</dt><dd>{ranked ? `${rank + 1} of all items` : popular.value?.countedAt ? 'not among the first 100' : none}</dd>
            {popular.value?.countedAt && <><dt>Counted</dt><dd>{dateTime(popular.value.countedAt)}</dd></>}
          </dl>
        </Card>
      </div>
      {schema.value && <ItemDays id={id} eventTypes={schema.value.eventTypes} />}
      <Similar id={id} />
      <Card title="The same in code">
        <Code label="Events per day with curl" text={curl('get', '/v1/items/{itemId}/days', { path: { itemId: id }, query: { days: 366 } })} />
        <Code label="Similar items with curl" text={curl('get', '/v1/items/{itemId}/similar', { path: { itemId: id } })} /></Card>
    </>
  );
}

function Similar({ id }: { id: string }): JSX.Element {
  const load = useLoad(async signal => {
    try {
      return await get('/v1/items/{itemId}/similar', { path: { itemId: id }, query: { limit: 12 }, signal });
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return null;
      throw error;
    }
  }, [id]);
  return (
    <Card title="Nearest items" note={load.value ? `By the cosine of the embeddings of version ${load.value.version}.` : undefined}>
      <Loaded of={load} lines={8}>{similar => !similar || similar.items.length === 0
        ? <Empty title="There is nothing to compare.">No version is active, or the active one has not learned this item.</Empty>
        : <Table caption="Nearest items" head={['Item id', 'Features', 'Similarity', '']}>
            {similar.items.map(s => (
              <tr key={s.itemId}>
                <th scope="row"><Link to={address(['items', s.itemId])}>{s.itemId}</Link></th>
                <td><Tags features={s.features} /></td>
                <td>{s.similarity.toFixed(3)}</td>
                <td><Bar share={s.similarity} /></td>
              </tr>
            ))}
          </Table>}
      </Loaded>
    </Card>
  );
}
