import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { get, send } from '../api/client';
import { useAction, useLoad } from '../api/load';
import { curl } from '../api/snippets';
import type { LoggedRanking, RecentUser, UserPage } from '../api/types';
import { count, dateTime } from '../format';
import { address, go, Link, type Place } from '../routing';
import { Loaded } from '../ui/Loaded';
import { Problem } from '../ui/Problem';
import { Badge, Card, Code, Confirm, Empty, Table, Tags, Title } from '../ui/parts';
import { Pager, SearchBox } from '../ui/SearchBox';
import { Timeline } from '../ui/Timeline';

export function Users({ place }: { place: Place }): JSX.Element {
  const id = place.parts[1];
  return id === undefined ? <Search place={place} /> : <User key={id} id={id} />;
}

function Search({ place }: { place: Place }): JSX.Element {
  const prefix = place.query.get('prefix') ?? '';
  const [page, setPage] = useState<{ of: string; after: string | undefined }>({ of: prefix, after: undefined });
  const after = page.of === prefix ? page.after : undefined;
  const load = useLoad(signal => get('/v1/users', { query: { prefix, after, limit: 20 }, signal }), [prefix, after]);
  const nobody = !prefix && !after && load.value?.users.length === 0;
  return (
    <>
      <Title lead="Find users by the beginning of their id. Every search and every look at a user is written to the audit log.">Users</Title>
      <Card>
        {!nobody && <SearchBox label="The beginning of a user id" value={prefix} onSearch={text => go(address(['users'], text ? { prefix: text } : {}), true)} />}
        <Loaded of={load} lines={10}>{({ users }) => nobody
          ? <Empty title="There are no users yet.">Users appear once their events or profiles are sent. <Link to={address(['try'])}>Try it</Link> sends a first event with a click.</Empty>
          : users.length === 0 ? <Empty title="No user was found.">No user who has events or a profile has an id that begins so.</Empty>
          : <Table caption="Users" head={['User id', '']}>
              {users.map(id => (
                <tr key={id}><th scope="row"><Link to={address(['users', id])}>{id}</Link></th><td class="number"><Link to={address(['try'], { user: id })}>Rank for {id}</Link></td></tr>
              ))}
            </Table>}
        </Loaded>
        <Pager key={prefix} next={load.value?.next} onPage={to => setPage({ of: prefix, after: to })} />
      </Card>
    </>
  );
}

function User({ id }: { id: string }): JSX.Element {
  const path = { userId: id };
  const load = useLoad(signal => get('/v1/users/{userId}/recent', { path, query: { limit: 100 }, signal }), [id]);
  const { busy, error, run } = useAction();
  const [asks, setAsks] = useState(false);
  const [erased, setErased] = useState(false);
  const erase = () => run(async () => {
    await send('delete', '/v1/users/{userId}', { path });
    setAsks(false);
    setErased(true);
    load.reload();
  });
  const download = () => run(() => exportUser(id));
  return (
    <>
      <Title actions={
        <>
          <Link to={address(['try'], { user: id })}>Rank for this user</Link>
          <button type="button" disabled={busy} onClick={download}>Export</button>
          <button type="button" class="danger" disabled={busy} onClick={() => setAsks(true)}>Erase …</button>
        </>}>{`User ${id}`}</Title>
      <p role="status" class={erased ? 'good' : 'hidden'}>{erased ? 'Everything that was held about the user was erased.' : ''}</p>
      <Problem error={error} />
      {asks && (
        <Confirm title="Erase this user?" verb="Erase" word={id} busy={busy} onConfirm={erase} onClose={() => setAsks(false)}>
          <p>The profile, all behaviours and all logged rankings of <strong>{id}</strong> are removed from every store. This cannot be undone, except from a backup.</p>
        </Confirm>
      )}
      <Loaded of={load} lines={12}>{user => <Held user={user} />}</Loaded>
      <Card title="The same in code"><Code label="Everything that is held about the user" text={curl('get', '/v1/users/{userId}', { path })} /></Card>
    </>
  );
}

function Held({ user }: { user: RecentUser }): JSX.Element {
  const [impressions, setImpressions] = useState(false);
  const behaviours = user.behaviours.filter(b => impressions || b.type !== 'impression');
  const followed = Map.groupBy(user.behaviours.filter(b => b.rankingId && b.type !== 'impression'), b => b.rankingId!);
  return (
    <>
      <Card title="Profile">{Object.keys(user.features).length > 0 ? <Tags features={user.features} /> : <p class="muted">The user has no profile.</p>}</Card>
      <div class="columns">
        <Card title="Latest behaviours" note={`${count(behaviours.length)} of the latest ${count(user.behaviours.length)} events, newest first.`}
          actions={<label class="check"><input type="checkbox" checked={impressions} onChange={e => setImpressions(e.currentTarget.checked)} />Impressions too</label>}>
          {user.behaviours.length === 0 ? <Empty title="No behaviours.">Nothing was sent for this user.</Empty>
            : behaviours.length === 0 ? <Empty title="Only impressions.">None of the latest events is a behaviour.</Empty>
            : <Timeline behaviours={behaviours} />}
        </Card>
        <Card title="Latest rankings" note="Newest first. Items that had an event afterwards are marked.">
          {user.rankings.length > 0
            ? <div class="stack">{user.rankings.map(r => <Logged key={r.rankingId} ranking={r} followed={new Map((followed.get(r.rankingId) ?? []).map(b => [b.itemId, b.type]))} />)}</div>
            : <Empty title="No rankings.">No ranking of this user is in the log.</Empty>}
        </Card>
      </div>
    </>
  );
}

function Logged({ ranking, followed }: { ranking: LoggedRanking; followed: Map<string, string> }): JSX.Element {
  return (
    <article class="stack">
      <p><time dateTime={ranking.timestamp}>{dateTime(ranking.timestamp)}</time>{' '}
        <span class="muted">{ranking.modelVersion ? <>by <Link to={address(['models', ranking.modelVersion])}>{ranking.modelVersion}</Link></> : 'by popularity'}
          {ranking.experiment && <>, arm {ranking.arm} of <Link to={address(['experiments', ranking.experiment])}>{ranking.experiment}</Link></>}</span></p>
      <ol class="chips" aria-label={`Items of the ranking ${ranking.rankingId}`}>
        {ranking.items.slice(0, 20).map(item => (
          <li key={item.itemId} class="chip"><Link to={address(['items', item.itemId])}>{item.itemId}</Link>{followed.has(item.itemId) && <Badge tone="good">{followed.get(item.itemId)}</Badge>}</li>
        ))}
        {ranking.items.length > 20 && <li class="chip muted">and {ranking.items.length - 20} more</li>}
      </ol>
    </article>
  );
}

/** Reads everything page by page and saves it as one file. */
async function exportUser(id: string): Promise<void> {
  const all: UserPage = { userId: id, features: {}, behaviours: [], rankings: [] };
  let after: string | undefined;
  do {
    const page = await get('/v1/users/{userId}', { path: { userId: id }, query: { after } });
    all.features = page.features;
    all.behaviours.push(...page.behaviours);
    all.rankings.push(...page.rankings);
    after = page.next;
  } while (after);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([JSON.stringify(all, null, 2)], { type: 'application/json' }));
  link.download = `user-${id.replace(/[^\w.-]+/g, '_')}.json`;
  link.click();
  URL.revokeObjectURL(link.href);
}
