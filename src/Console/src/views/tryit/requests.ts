import { get, send } from '../../api/client';
import { newId } from '../../api/ids';
import type { EventBody, Item, RankBody, Ranking } from '../../api/types';

/** The most ids that one request may ask the features of. */
const idsAtOnce = 100;

export const rankBody = (userId: string, candidates: string[]): RankBody => ({ userId, candidates: candidates.map(itemId => ({ itemId })), explain: true });

export const rank = (body: RankBody): Promise<Ranking> => send('post', '/v1/rank', { body });

export function eventBody(userId: string, itemId: string, type: string, rankingId: string): EventBody {
  return { events: [{ eventId: newId(), userId, itemId, type, timestamp: new Date().toISOString(), rankingId }] };
}

export const append = (body: EventBody): Promise<unknown> => send('post', '/v1/events', { body });

export async function randomShopper(): Promise<string | undefined> {
  return (await get('/v1/users', { query: { random: true, limit: 1 } })).users[0];
}

export async function findUsers(prefix: string, signal: AbortSignal): Promise<string[]> {
  return (await get('/v1/users', { query: { prefix, limit: 10 }, signal })).users;
}

/** The items of some ids with their features. Ids that the catalogue does not have are left out. */
export async function itemsOf(ids: string[]): Promise<Item[]> {
  const pages: string[][] = [];
  for (let i = 0; i < ids.length; i += idsAtOnce) pages.push(ids.slice(i, i + idsAtOnce));
  const found = await Promise.all(pages.map(id => get('/v1/items', { query: { id } })));
  return found.flatMap(page => page.items);
}
