import { get, send, withQuery } from '../../api/client';
import { newId } from '../../api/ids';
import type { Item, ItemsPage, Ranking, UsersPage } from '../../api/types';

/** The most ids that one request may ask the features of. */
const idsAtOnce = 100;

export interface RankBody { userId: string; candidates: { itemId: string }[]; explain: true }
export interface EventBody { events: { eventId: string; userId: string; itemId: string; type: string; timestamp: string; rankingId: string }[] }

export const rankBody = (userId: string, candidates: string[]): RankBody => ({ userId, candidates: candidates.map(itemId => ({ itemId })), explain: true });

export const rank = (body: RankBody): Promise<Ranking> => send<Ranking>('POST', '/v1/rank', body);

export function eventBody(userId: string, itemId: string, type: string, rankingId: string): EventBody {
  return { events: [{ eventId: newId(), userId, itemId, type, timestamp: new Date().toISOString(), rankingId }] };
}

export const append = (body: EventBody): Promise<unknown> => send('POST', '/v1/events', body);

export async function randomShopper(): Promise<string | undefined> {
  return (await get<UsersPage>(withQuery('/v1/users', { random: true, limit: 1 }))).users[0];
}

export async function findUsers(prefix: string, signal?: AbortSignal): Promise<string[]> {
  return (await get<UsersPage>(withQuery('/v1/users', { prefix, limit: 10 }), signal)).users;
}

/** The items of some ids with their features. Ids that the catalogue does not have are left out. */
export async function itemsOf(ids: string[], signal?: AbortSignal): Promise<Item[]> {
  const pages: string[][] = [];
  for (let i = 0; i < ids.length; i += idsAtOnce) pages.push(ids.slice(i, i + idsAtOnce));
  const found = await Promise.all(pages.map(id => get<ItemsPage>(withQuery('/v1/items', { id }), signal)));
  return found.flatMap(page => page.items);
}
