import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { get } from '../api/client';
import { onKeyChange } from '../api/key';
import { useAction, useLoad } from '../api/load';
import { csharp, curl } from '../api/snippets';
import type { EventBody, Features, Item, RankBody, Ranking } from '../api/types';
import { count } from '../format';
import { address, Link, useGo, type Place } from '../routing';
import { FirstSteps } from '../ui/FirstSteps';
import { HeatMap } from '../ui/HeatMap';
import { Problem } from '../ui/Problem';
import { Card, Code, Empty, Title } from '../ui/parts';
import { orWithout } from './orWithout';
import { CandidatePicker } from './tryit/CandidatePicker';
import { RankedList } from './tryit/RankedList';
import { append, eventBody, itemsOf, rank, rankBody, randomShopper } from './tryit/requests';
import { ShopperPicker } from './tryit/ShopperPicker';

/** How many popular items a first visit ranks. */
const firstCandidates = 12;

/** Who is ranked for where there are items and no users yet. */
const firstUser = 'visitor-1';

/** What was done last, for the code that does it again. */
interface Done { rank?: RankBody; event?: EventBody }

/** Ranks for a user, shows why, and lets a person click and see the ranking change. */
export function TryIt({ place }: { place: Place }): JSX.Element {
  const [user, setUser] = useState(place.query.get('user') ?? '');
  const [candidates, setCandidates] = useState((place.query.get('items') ?? '').split(',').filter(Boolean));
  const [chosenType, setEventType] = useState('');
  const [ranking, setRanking] = useState<Ranking>();
  const [before, setBefore] = useState(new Map<string, number>());
  const [done, setDone] = useState<Done>({});
  const [said, setSaid] = useState('');
  const [isEmpty, setIsEmpty] = useState(false);
  const features = useRef(new Map<string, Features>());
  const [, setSeen] = useState(0);
  const { busy, error, run } = useAction();
  const go = useGo();
  const schema = useLoad(signal => get('/v1/schema', { signal }), []);
  const eventTypes = schema.value?.eventTypes.filter(t => t !== 'impression') ?? [];
  const eventType = chosenType || eventTypes[0] || 'click';

  const learn = (items: Item[]) => {
    items.forEach(item => features.current.set(item.itemId, item.features));
    setSeen(features.current.size);
  };

  const rankNow = async (forUser: string, of: string[], last: Ranking | undefined): Promise<Ranking> => {
    const body = rankBody(forUser, of);
    const made = await rank(body);
    setBefore(new Map(last?.items.map((item, i) => [item.itemId, i])));
    setRanking(made);
    setDone(d => ({ ...d, rank: body }));
    go(address(['try'], { user: forUser, items: of.join(',') }), true);
    const history = made.items[0]?.attention?.map(a => a.itemId) ?? [];
    const unknown = [...new Set([...of, ...history])].filter(id => !features.current.has(id));
    learn(await orWithout(itemsOf(unknown), []));
    return made;
  };

  const start = () => run(async () => {
    // What the key does not let see is not known to be missing.
    const shopper = user || await orWithout(randomShopper().then(found => found ?? firstUser), '');
    const items = candidates.length > 0 ? candidates : await orWithout<string[] | undefined>(popular(learn), undefined);
    setIsEmpty(items?.length === 0);
    setUser(shopper);
    setCandidates(items ?? []);
    if (shopper && items && items.length > 0) await rankNow(shopper, items, undefined);
  });
  useEffect(() => {
    void start();
    return onKeyChange(() => void start());
  }, []);

  const submit = (event: Event) => {
    event.preventDefault();
    void run(async () => {
      const made = await rankNow(user, candidates, undefined);
      setSaid(`${made.items.length} items were ranked.`);
    });
  };
  const sendEvent = (itemId: string) => run(async () => {
    const body = eventBody(user, itemId, eventType, ranking!.rankingId);
    await append(body);
    setDone(d => ({ ...d, event: body }));
    const made = await rankNow(user, candidates, ranking);
    setSaid(`The event ${eventType} on ${itemId} was sent, and the ranking was made again from ${made.historyLength} behaviours.`);
  });

  const title = <Title lead="Rank items for a shopper, see why, click one and see the ranking change.">Try it</Title>;
  if (isEmpty) return <>{title}<FirstSteps schema={schema.value} /></>;
  return (
    <>
      {title}
      <ShopperPicker user={user} onChange={setUser} />
      <CandidatePicker candidates={candidates} schema={schema.value} onChange={setCandidates} onSeen={learn} />
      <Card title="3. The ranking" actions={
        <form class="actions" onSubmit={submit}>
          <label class="actions"><span class="muted">A click sends</span>
            <select value={eventType} onChange={e => setEventType(e.currentTarget.value)}>{(eventTypes.length > 0 ? eventTypes : [eventType]).map(t => <option key={t}>{t}</option>)}</select></label>
          <button class="primary" disabled={busy || !user || candidates.length === 0}>Rank</button>
        </form>}>
        <Problem error={error} />
        <p class="muted" role="status">{said || (ranking ? '' : busy ? 'Ranking …' : '')}</p>
        {ranking ? <Answer ranking={ranking} /> : !busy && <Empty title="Nothing was ranked yet.">Choose a shopper and candidates, then rank them.</Empty>}
        {ranking && <RankedList ranking={ranking} before={before} features={features.current} eventType={eventType} busy={busy} onEvent={sendEvent} />}
      </Card>
      {ranking && <Attention ranking={ranking} features={features.current} />}
      <Snippets done={done} />
    </>
  );
}

async function popular(learn: (items: Item[]) => void): Promise<string[]> {
  const page = await get('/v1/items', { query: { order: 'popular', limit: firstCandidates } });
  const items = page.items.length > 0 ? page.items : (await get('/v1/items', { query: { limit: firstCandidates } })).items;
  learn(items);
  return items.map(i => i.itemId);
}

function Answer({ ranking }: { ranking: Ranking }): JSX.Element {
  const { model } = ranking;
  return (
    <p>
      {model ? <>By version <Link to={address(['models', model.version])}>{model.version}</Link>{model.experiment && <>, arm <strong>{model.variant}</strong> of <Link to={address(['experiments', model.experiment])}>{model.experiment}</Link></>}</> : 'By popularity, until a first version is published'}
      , from {count(ranking.historyLength)} behaviours. {model && !model.scoresAreProbabilities && 'Scores of this version only order items. '}
      {ranking.unavailableItems && <>Not available now, and so left out: {ranking.unavailableItems.join(', ')}. </>}
      <span class="muted">Ranking <code>{ranking.rankingId}</code></span>
    </p>
  );
}

function Attention({ ranking, features }: { ranking: Ranking; features: Map<string, Features> }): JSX.Element {
  const name = (id: string) => [id, ...Object.values(features.get(id) ?? {})].join(' · ');
  const has = ranking.items.some(i => i.attention && i.attention.length > 0);
  return (
    <Card title="Attention" note="How much each candidate (rows) weighs each past behaviour (columns, the newest on the right).">
      {has ? <HeatMap ranking={ranking} name={name} /> : (
        <Empty title="There is nothing to show.">{ranking.source === 'popularity' ? 'Popularity does not look at the history.' : ranking.historyLength === 0 ? 'This shopper has no history yet. Click an item.' : 'This model has no attention.'}</Empty>
      )}
    </Card>
  );
}

function Snippets({ done }: { done: Done }): JSX.Element | null {
  if (!done.rank) return null;
  const { event } = done;
  return (
    <Card title="The same in code" note="What this page has just done. The address and the ids are those of this page.">
      <div class="columns">
        <div class="stack"><Code label="Rank with curl" text={curl('post', '/v1/rank', { body: done.rank })} />{event && <Code label="Send the event with curl" text={curl('post', '/v1/events', { body: event })} />}</div>
        <div class="stack"><Code label="Rank with C#" text={csharp('/v1/rank', { body: done.rank })} />{event && <Code label="Send the event with C#" text={csharp('/v1/events', { body: event })} />}</div>
      </div>
    </Card>
  );
}
