// Makes the calls of the recorded session against a server that replays it, and compares what comes back.
// Usage: node test/session.mjs ADDRESS SESSION_FILE
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { DinOrleans, DinOrleansError } from '../dist/index.js';

const [address, file] = process.argv.slice(2);
const recorded = JSON.parse(readFileSync(file, 'utf8'));
const exchanges = new Map(recorded.exchanges.map(e => [e.name, e]));
const [serving, uploaded] = recorded.versions;
const caller = key => new DinOrleans({ address, key, patienceMs: 0 });
const sent = name => exchanges.get(name).request.body;
const keyOf = name => exchanges.get(name).request.headers.authorization.split(' ')[1];
const shop = caller(recorded.key);

/** The answer is what was recorded, or a member of it. */
function same(name, answer, member) {
  const body = exchanges.get(name).response.body;
  assert.deepEqual(answer, member ? body[member] : body, name);
  return answer;
}

/** The call fails with what was recorded. */
async function refused(name, call) {
  const { status, headers, body } = exchanges.get(name).response;
  await assert.rejects(call, error => {
    assert.ok(error instanceof DinOrleansError, `${name}: ${error}`);
    assert.deepEqual([error.status, error.detail, error.errors], [status, body.detail, body.errors], name);
    assert.equal(error.retryAfterMs !== undefined, 'retry-after' in headers, name);
    return true;
  });
}

same('startup', await shop.getHealth('startup'));
same('live', await shop.getHealth('live'));
same('ready', await shop.getHealth());
same('getSchema', await shop.getSchema());
same('getOverview', await shop.getOverview());
same('getCluster', await shop.getCluster());
same('getSettings', await shop.getSettings());
same('getModels', await shop.getModels());
same('getModel', await shop.getModel(serving));
await refused('getModelUnknown', () => shop.getModel('no-such-version'));

same('putItems', await shop.putItems(sent('putItems').items), 'accepted');
same('putItemsAvailability', await shop.putItems(sent('putItemsAvailability').items), 'accepted');
same('putItemLines', await shop.putItemLines(sent('putItemLines').trim().split('\n').map(line => JSON.parse(line))), 'accepted');
await refused('putItemsInvalid', () => shop.putItems(sent('putItemsInvalid').items));
same('getItem', await shop.getItem('poster-1'));
await refused('getItemUnknown', () => shop.getItem('nothing'));
same('findItems', await shop.findItems({ prefix: 'poster-', limit: 2 }));
same('findItemsByFeature', await shop.findItems({ feature: 'category', value: 'category-3', limit: 1 }));
same('findItemsById', await shop.findItems({ ids: ['poster-1', 'poster-4'] }));
same('getSimilarItems', await shop.getSimilarItems('item-1', { limit: 2 }));

same('appendEvents', await shop.appendEvents(sent('appendEvents').events));
same('appendEventsAgain', await shop.appendEvents(sent('appendEventsAgain').events));
await refused('appendEventsInvalid', () => shop.appendEvents(sent('appendEventsInvalid').events));
same('putUser', await shop.putUser('reader-1', { age_band: '25-34' }));
same('rank', await shop.rank(sent('rank'), { deadlineMs: 30_000 }));
await refused('rankInvalid', () => shop.rank(sent('rankInvalid')));
await refused('rankUnauthorized', () => caller(keyOf('rankUnauthorized')).rank(sent('rankUnauthorized')));
same('appendEventsOfRanking', await shop.appendEvents(sent('appendEventsOfRanking').events));

for await (const page of shop.readUser('reader-1')) same('getUser', page);
same('getRecentUser', await shop.getRecentUser('reader-1', { limit: 2 }));
same('appendEventsOfGuest', await shop.appendEvents(sent('appendEventsOfGuest').events));
const pages = [];
for await (const page of shop.readUser('guest/7?', { pageSize: 2 })) pages.push(page);
assert.equal(pages.length, 2);
same('getUserPage', pages[0]);
same('getUserLastPage', pages[1]);
same('findUsers', await shop.findUsers({ prefix: 'reader-', limit: 10 }));
await refused('findUsersInvalid', () => shop.findUsers({ limit: 101 }));
same('eraseUser', await shop.eraseUser('guest/7?'));

const made = same('makeKey', await shop.makeKey({ note: 'shop front', scopes: ['rank', 'events'] }));
await refused('getModelsForbidden', () => caller(made.key).getModels());
same('getKeys', await shop.getKeys(), 'keys');
same('revokeKey', await shop.revokeKey(made.info.id));
await refused('revokeKeyUnknown', () => shop.revokeKey('000000000000'));

same('uploadModel', await shop.uploadModel(uploaded, new TextEncoder().encode('the bytes of a tar')));
same('publishModel', await shop.publishModel(uploaded, { rollOut: false }));
same('activateModel', await shop.activateModel(serving));

same('putExperiment', await shop.startExperiment('heat', sent('putExperiment')));
await refused('putExperimentConflict', () => shop.startExperiment('cold', sent('putExperimentConflict')));
same('getExperiments', await shop.getExperiments(), 'experiments');
same('getExperiment', await shop.getExperiment('heat'));
await refused('getExperimentUnknown', () => shop.getExperiment('nothing'));
await refused('deleteExperimentRunning', () => shop.deleteExperiment('heat'));
same('stopExperiment', await shop.stopExperiment('heat'));
same('deleteExperiment', await shop.deleteExperiment('heat'));

const training = same('startTraining', await shop.startTraining({ reason: 'new catalogue', freshWeights: false }));
same('getTrainings', await shop.getTrainings({ limit: 20 }));
same('getTraining', await shop.getTraining(training.id));
await refused('getTrainingUnknown', () => shop.getTraining('nothing'));
same('getItemDays', await shop.getItemDays('item-1', { days: 30 }));
same('getItemDaysUnknown', await shop.getItemDays('nothing', { days: 30 }));
await refused('getItemDaysInvalid', () => shop.getItemDays('item-1', { days: 367 }));
same('deleteItem', await shop.deleteItem('poster-2'));
const hasty = same('makeHastyKey', await shop.makeKey({ note: 'hasty', scopes: ['rank'] }));
await refused('getSchemaTooOften', () => caller(hasty.key).getSchema());
same('putShadow', await shop.startExperiment('newcomer', sent('putShadow')));
same('promoteExperiment', await shop.promoteExperiment('newcomer', 'next'));
