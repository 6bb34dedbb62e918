/**
 * What the type check must refuse, so that a change of docs/openapi.json breaks the console's build. It fails where one of these is accepted. Nothing of
 * this file is run or built into the console.
 */
import { get, send } from '../src/api/client';
import { curl } from '../src/api/snippets';
import type { Item } from '../src/api/types';

const page = await get('/v1/items', { query: { limit: 1 } });
page.items satisfies Item[];

// @ts-expect-error An answer has only members of the description.
void page.total;
// @ts-expect-error So have the records in it.
void page.items[0]?.price;
// @ts-expect-error What may be left out must be looked for.
page.next satisfies string;
// @ts-expect-error A state is one of those that the description lists.
void ((await get('/v1/overview', {})).model.source === 'random');
// @ts-expect-error An answer without a body has none.
(await send('delete', '/v1/keys/{id}', { path: { id: 'a' } })).id;

// @ts-expect-error A path must be one of the description.
void get('/v1/products', {});
// @ts-expect-error The path must have an operation of the method.
void send('delete', '/v1/overview', {});
// @ts-expect-error The parameters of a path are required.
void get('/v1/items/{itemId}/days', {});
// @ts-expect-error They have the names of the description.
void get('/v1/items/{itemId}/days', { path: { id: 'a' } });
// @ts-expect-error So have those of the query.
void get('/v1/items', { query: { count: 1 } });
// @ts-expect-error A body has the members of the description.
void send('post', '/v1/rank', { body: { userId: 'u', items: [] } });
// @ts-expect-error So have those of the snippets.
curl('post', '/v1/events', { body: { event: [] } });
