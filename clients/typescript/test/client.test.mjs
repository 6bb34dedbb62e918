// How the client waits, sends again and gives up.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DinOrleans, DinOrleansError } from '../dist/index.js';

const ranked = { rankingId: 'r', source: 'popularity', historyLength: 0, items: [{ itemId: 'a', score: 0.5, scores: {} }] };
const request = { userId: 'u', candidates: [{ itemId: 'a' }] };
const json = (body, status = 200, headers = {}) => () => new Response(JSON.stringify(body), { status, headers });
const lost = () => { throw new TypeError('fetch failed'); };

/** A client whose requests are answered one after the other as told, the last answer for ever. */
function scripted(answers, options = {}) {
  const requests = [];
  const fetch = async (url, init) => {
    requests.push({ url: String(url), ...init });
    return answers[Math.min(requests.length, answers.length) - 1](init);
  };
  return { requests, shop: new DinOrleans({ address: 'http://shop.test/base/', retryAfterMs: 1, fetch, ...options }) };
}

test('a busy server is asked again', async () => {
  const { requests, shop } = scripted([json({}, 503), json({}, 429), json(ranked)]);
  assert.deepEqual(await shop.rank(request), ranked);
  assert.equal(requests.length, 3);
});

test('a time to wait that is longer than patience fails at once, and is named', async () => {
  const { requests, shop } = scripted([json({}, 503, { 'Retry-After': '4' })], { patienceMs: 2_000 });
  await assert.rejects(shop.rank(request), error => error instanceof DinOrleansError && error.status === 503 && error.retryAfterMs === 4_000);
  assert.equal(requests.length, 1);
});

test('a deadline ends the call before the server wants it again, and is sent', async () => {
  const { requests, shop } = scripted([json({}, 503, { 'Retry-After': '4' })]);
  await assert.rejects(shop.rank(request, { deadlineMs: 2_000 }), DinOrleansError);
  assert.equal(requests.length, 1);
  const left = Number(requests[0].headers.get('X-Deadline-Ms'));
  assert.ok(left > 0 && left <= 2_000, String(left));
});

test('a lost connection is tried again', async () => {
  const { shop } = scripted([lost, json(ranked)]);
  assert.deepEqual(await shop.rank(request), ranked);
});

test('a call that must not be done twice is not sent again after a lost connection', async () => {
  for (const call of [shop => shop.startTraining(), shop => shop.makeKey({ note: 'n', scopes: ['rank'] })]) {
    const { requests, shop } = scripted([lost]);
    await assert.rejects(call(shop), error => error instanceof DinOrleansError && error.status === undefined);
    assert.equal(requests.length, 1);
  }
});

test('a server that is away for good is given up when patience ends', async () => {
  const { requests, shop } = scripted([lost], { patienceMs: 20, retryAfterMs: 15 });
  await assert.rejects(shop.rank(request), DinOrleansError);
  assert.ok(requests.length <= 2, String(requests.length));
});

test('a refused call is not sent again, and names the rules', async () => {
  const errors = [{ field: 'limit', rule: 'must be 1 to 1,000' }];
  const { requests, shop } = scripted([json({ status: 400, detail: 'The input breaks rules.', errors }, 400)]);
  await assert.rejects(shop.rank(request), error => {
    assert.deepEqual([error.status, error.detail, error.errors], [400, 'The input breaks rules.', errors]);
    assert.match(error.message, /^POST \/v1\/rank: 400 .*The input breaks rules\.; limit must be 1 to 1,000$/);
    return true;
  });
  assert.equal(requests.length, 1);
});

test('the answer of a proxy is named', async () => {
  const { shop } = scripted([() => new Response('<h1>Bad\n gateway</h1>', { status: 502 })]);
  await assert.rejects(shop.getSchema(), error => error.status === 502 && error.message.endsWith('<h1>Bad gateway</h1>') && error.errors.length === 0);
});

test('an aborted call rejects with the reason', async () => {
  const never = init => new Promise((_, reject) => init.signal.addEventListener('abort', () => reject(init.signal.reason)));
  const { requests, shop } = scripted([never]);
  const abort = new AbortController();
  const call = shop.rank(request, { signal: abort.signal });
  abort.abort(new Error('the page was left'));
  await assert.rejects(call, /the page was left/);
  assert.equal(requests.length, 1);
});

test('an aborted wait rejects with the reason', async () => {
  const abort = new AbortController();
  const { shop } = scripted([() => { queueMicrotask(() => abort.abort(new Error('the page was left'))); return json({}, 503, { 'Retry-After': '20' })(); }]);
  await assert.rejects(shop.rank(request, { signal: abort.signal }), /the page was left/);
});

test('a late answer is given up', async () => {
  const never = init => new Promise((_, reject) => init.signal.addEventListener('abort', () => reject(init.signal.reason)));
  const { shop } = scripted([never, json(ranked)], { timeoutMs: 1 });
  const keepsTheProcess = setTimeout(() => {}, 60_000);
  assert.deepEqual(await shop.rank(request), ranked);
  clearTimeout(keepsTheProcess);
});

test('more events than a request takes go in several, each with an id of its own', async () => {
  const { requests, shop } = scripted([json({ accepted: 2, duplicates: 1, erased: 0 })], { key: 'dok_k' });
  const events = Array.from({ length: 2_001 }, () => ({ userId: 'u', itemId: 'i', type: 'click', timestamp: '2026-05-01T12:00:00Z' }));
  assert.deepEqual(await shop.appendEvents(events), { accepted: 6, duplicates: 3, erased: 0 });
  assert.equal(requests.length, 3);
  assert.equal(new Set(requests.flatMap(r => JSON.parse(r.body).events.map(e => e.eventId))).size, 2_001);
  assert.deepEqual(requests.map(r => [r.url, r.headers.get('Authorization')]), Array(3).fill(['http://shop.test/base/v1/events', 'Bearer dok_k']));
});

test('an event that is sent again keeps its id', async () => {
  const { requests, shop } = scripted([lost, json({ accepted: 1, duplicates: 0, erased: 0 })]);
  await shop.appendEvents([{ userId: 'u', itemId: 'i', type: 'click', timestamp: '2026-05-01T12:00:00Z' }]);
  assert.equal(new Set(requests.map(r => r.body)).size, 1);
});

test('options that cannot be meant are refused', () => {
  assert.throws(() => new DinOrleans({ address: 'ftp://shop.test' }), RangeError);
  assert.throws(() => new DinOrleans({ address: 'http://shop.test', timeoutMs: 0 }), RangeError);
});
