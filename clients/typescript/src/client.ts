import { Sender } from './http.js';
import type { CallOptions, DinOrleansOptions } from './http.js';
import type {
  ApiKey, AppendedEvents, Cluster, Experiment, ExperimentPlan, Features, FoundItems, FoundUsers, Health, InputSchema, Item, ItemDays, KeyRequest, ModelOrigin, Models,
  NewEvent, NewItem, NewKey, NewTraining, Overview, Ranking, RankRequest, RecentUser, Settings, SimilarItems, Training, TrainingsPage, UserPage,
} from './types.js';

const mostPerRequest = 1_000;

/** The rows of a page. */
export interface Page {
  /** The most rows of the page. The server has a default. */
  limit?: number;
  /** The `next` of the page before. */
  after?: string;
}

/** What items to find: by the beginning of their ids, by the value of a feature, by popularity, or by up to 100 ids. */
export interface FindItems extends Page {
  prefix?: string;
  feature?: string;
  value?: string;
  order?: 'id' | 'popular';
  ids?: readonly string[];
}

/** What users to find: by the beginning of their ids, or from a random place on. */
export interface FindUsers extends Page {
  prefix?: string;
  random?: boolean;
}

/**
 * The REST API of a DinOrleans server. Every call rejects with a DinOrleansError where the server refuses it or does not answer, and with the reason of
 * its signal where that was aborted.
 */
export class DinOrleans {
  readonly #sender: Sender;

  constructor(options: DinOrleansOptions) {
    this.#sender = new Sender(options);
  }

  /**
   * Ranks candidates for a user. Needs the scope "rank".
   * @param options `deadlineMs` is how long the ranking is of use, 1 to 60,000. The server gives up then, and the request is not sent again after it.
   */
  rank(request: RankRequest, options: CallOptions & { deadlineMs?: number } = {}): Promise<Ranking> {
    return this.#sender.send({ method: 'POST', path: '/v1/rank', json: request, ...options });
  }

  /**
   * Appends events of any users, and resolves after they are on disk. Needs the scope "events". Events go in requests of 1,000, of which all are applied
   * or none. An event without an id gets one, with which the server applies it once however often it is sent.
   */
  async appendEvents(events: readonly NewEvent[], options: CallOptions = {}): Promise<AppendedEvents> {
    const named = events.map(e => (e.eventId === undefined ? { ...e, eventId: newId() } : e));
    const sum = { accepted: 0, duplicates: 0, erased: 0 };
    for (const part of parts(named)) {
      const done = await this.#sender.send<AppendedEvents>({ method: 'POST', path: '/v1/events', json: { events: part }, ...options });
      sum.accepted += done.accepted;
      sum.duplicates += done.duplicates;
      sum.erased += done.erased;
    }
    return sum;
  }

  /** Adds or replaces items in requests of 1,000, of which all are applied or none. Needs the scope "catalogue". Resolves to the number of items written. */
  async putItems(items: readonly NewItem[], options: CallOptions = {}): Promise<number> {
    let accepted = 0;
    for (const part of parts(items)) {
      accepted += (await this.#sender.send<{ accepted: number }>({ method: 'PUT', path: '/v1/items', json: { items: part }, ...options })).accepted;
    }
    return accepted;
  }

  /**
   * Adds or replaces any number of items in one request. Needs the scope "catalogue". A batch of 1,000 lines with one that breaks a rule is left out as a
   * whole: the error then names each bad line, and the other batches were written. Resolves to the number of items written.
   */
  async putItemLines(items: Iterable<NewItem>, options: CallOptions = {}): Promise<number> {
    const body = Array.from(items, item => `${JSON.stringify(item)}\n`).join('');
    const content = { type: 'application/x-ndjson', body };
    return (await this.#sender.send<{ accepted: number }>({ method: 'PUT', path: '/v1/items', content, ...options })).accepted;
  }

  /** Returns an item as the catalogue has it. Needs the scope "catalogue". */
  getItem(itemId: string, options: CallOptions = {}): Promise<Item> {
    return this.#sender.send({ method: 'GET', path: `/v1/items/${segment(itemId)}`, ...options });
  }

  /** Finds items. Needs the scope "catalogue". */
  findItems({ prefix, feature, value, order, ids, limit, after }: FindItems = {}, options: CallOptions = {}): Promise<FoundItems> {
    return this.#sender.send({ method: 'GET', path: query('/v1/items', { prefix, feature, value, order, id: ids, limit, after }), ...options });
  }

  /** Returns the items whose embeddings in the active version are most similar. Needs the scope "catalogue". */
  getSimilarItems(itemId: string, { limit }: { limit?: number } = {}, options: CallOptions = {}): Promise<SimilarItems> {
    return this.#sender.send({ method: 'GET', path: query(`/v1/items/${segment(itemId)}/similar`, { limit }), ...options });
  }

  /**
   * Returns how many events of each type an item had per day. Needs the scope "catalogue".
   * @param parameters `days` is how many days to look back from the item's latest day with events, 1 to 366; 90 where it is left out.
   */
  getItemDays(itemId: string, { days }: { days?: number } = {}, options: CallOptions = {}): Promise<ItemDays> {
    return this.#sender.send({ method: 'GET', path: query(`/v1/items/${segment(itemId)}/days`, { days }), ...options });
  }

  /** Removes an item. It may be repeated. Needs the scope "catalogue". */
  deleteItem(itemId: string, options: CallOptions = {}): Promise<void> {
    return this.#sender.send({ method: 'DELETE', path: `/v1/items/${segment(itemId)}`, ...options });
  }

  /** Replaces the features of a user's profile. Needs the scope "events". */
  putUser(userId: string, features: Features, options: CallOptions = {}): Promise<void> {
    return this.#sender.send({ method: 'PUT', path: `/v1/users/${segment(userId)}`, json: { features }, ...options });
  }

  /** Reads everything that is held about a user, page by page. Needs the scope "users.read". */
  async *readUser(userId: string, { pageSize = 1_000 }: { pageSize?: number } = {}, options: CallOptions = {}): AsyncGenerator<UserPage, void, undefined> {
    let after: string | undefined;
    do {
      const page: UserPage = await this.#sender.send({ method: 'GET', path: query(`/v1/users/${segment(userId)}`, { limit: pageSize, after }), ...options });
      yield page;
      after = page.next;
    } while (after !== undefined);
  }

  /** Returns a user's profile with the latest behaviours and rankings, newest first. Needs the scope "users.read". */
  getRecentUser(userId: string, { limit }: { limit?: number } = {}, options: CallOptions = {}): Promise<RecentUser> {
    return this.#sender.send({ method: 'GET', path: query(`/v1/users/${segment(userId)}/recent`, { limit }), ...options });
  }

  /** Finds users who have events or a profile. Needs the scope "users.read". */
  findUsers({ prefix, random, limit, after }: FindUsers = {}, options: CallOptions = {}): Promise<FoundUsers> {
    return this.#sender.send({ method: 'GET', path: query('/v1/users', { prefix, random: random ? 'true' : undefined, limit, after }), ...options });
  }

  /** Erases a user everywhere. It may be repeated. Needs the scope "users.erase". */
  eraseUser(userId: string, options: CallOptions = {}): Promise<void> {
    return this.#sender.send({ method: 'DELETE', path: `/v1/users/${segment(userId)}`, ...options });
  }

  /** Returns the model versions, and which silo serves which. Needs the scope "models". */
  getModels(options: CallOptions = {}): Promise<Models> {
    return this.#sender.send({ method: 'GET', path: '/v1/models', ...options });
  }

  /** Returns how a published version was made. Needs the scope "models". */
  getModel(version: string, options: CallOptions = {}): Promise<ModelOrigin> {
    return this.#sender.send({ method: 'GET', path: `/v1/models/${segment(version)}`, ...options });
  }

  /** Puts a version into the artifact store. The body is a tar of its files. Needs the scope "models". */
  uploadModel(version: string, tar: Blob | ArrayBuffer | Uint8Array<ArrayBuffer>, options: CallOptions = {}): Promise<void> {
    return this.#sender.send({ method: 'PUT', path: `/v1/models/${segment(version)}`, content: { type: 'application/x-tar', body: tar }, ...options });
  }

  /** Publishes a version that lies in the artifact store. With `rollOut: false` it is recorded for an experiment to name it. Needs the scope "models". */
  publishModel(version: string, { rollOut = true }: { rollOut?: boolean } = {}, options: CallOptions = {}): Promise<Models> {
    return this.#sender.send({ method: 'POST', path: '/v1/models', json: { version, rollOut }, ...options });
  }

  /** Makes a known version the one to serve, for example to go back to an earlier one. Needs the scope "models". */
  activateModel(version: string, options: CallOptions = {}): Promise<Models> {
    return this.#sender.send({ method: 'POST', path: `/v1/models/${segment(version)}/activate`, json: {}, ...options });
  }

  /** Returns all experiments with what was measured of each arm, newest first. Needs the scope "experiments". */
  async getExperiments(options: CallOptions = {}): Promise<Experiment[]> {
    return (await this.#sender.send<{ experiments: Experiment[] }>({ method: 'GET', path: '/v1/experiments', ...options })).experiments;
  }

  /** Returns one experiment with what was measured of each arm. Needs the scope "experiments". */
  getExperiment(name: string, options: CallOptions = {}): Promise<Experiment> {
    return this.#sender.send({ method: 'GET', path: `/v1/experiments/${segment(name)}`, ...options });
  }

  /** Starts an experiment. Repeating the same call changes nothing. Needs the scope "experiments". */
  startExperiment(name: string, plan: ExperimentPlan, options: CallOptions = {}): Promise<Experiment> {
    return this.#sender.send({ method: 'PUT', path: `/v1/experiments/${segment(name)}`, json: plan, ...options });
  }

  /** Ends a running experiment by making an arm's version the active one. The arm may be left out where there is only one. */
  promoteExperiment(name: string, arm?: string, options: CallOptions = {}): Promise<Experiment> {
    return this.#sender.send({ method: 'POST', path: `/v1/experiments/${segment(name)}/promote`, json: { arm }, ...options });
  }

  /** Ends a running experiment. All users are the active version's. Needs the scope "experiments". */
  stopExperiment(name: string, options: CallOptions = {}): Promise<Experiment> {
    return this.#sender.send({ method: 'POST', path: `/v1/experiments/${segment(name)}/stop`, json: {}, ...options });
  }

  /** Forgets an experiment that has ended. Needs the scope "experiments". */
  deleteExperiment(name: string, options: CallOptions = {}): Promise<void> {
    return this.#sender.send({ method: 'DELETE', path: `/v1/experiments/${segment(name)}`, ...options });
  }

  /** Returns a page of trainings, newest first. Needs the scope "training". */
  getTrainings({ limit, after }: Page = {}, options: CallOptions = {}): Promise<TrainingsPage> {
    return this.#sender.send({ method: 'GET', path: query('/v1/trainings', { limit, after }), ...options });
  }

  /** Returns one training: its progress, its curve, its gates and what came of it. Needs the scope "training". */
  getTraining(id: string, options: CallOptions = {}): Promise<Training> {
    return this.#sender.send({ method: 'GET', path: `/v1/trainings/${segment(id)}`, ...options });
  }

  /** Asks for a training from the log. The call is not sent again after a lost connection. Needs the scope "training". */
  startTraining(request: NewTraining = {}, options: CallOptions = {}): Promise<Training> {
    return this.#sender.send({ method: 'POST', path: '/v1/trainings', json: request, idempotent: false, ...options });
  }

  /** Returns all keys without their secrets, newest first. Needs the scope "admin". */
  async getKeys(options: CallOptions = {}): Promise<ApiKey[]> {
    return (await this.#sender.send<{ keys: ApiKey[] }>({ method: 'GET', path: '/v1/keys', ...options })).keys;
  }

  /** Makes a key. The call is not sent again after a lost connection. Needs the scope "admin". */
  makeKey(request: KeyRequest, options: CallOptions = {}): Promise<NewKey> {
    return this.#sender.send({ method: 'POST', path: '/v1/keys', json: request, idempotent: false, ...options });
  }

  /** Ends a key for good. Every gateway refuses it within 10 seconds. Needs the scope "admin". */
  revokeKey(id: string, options: CallOptions = {}): Promise<void> {
    return this.#sender.send({ method: 'DELETE', path: `/v1/keys/${segment(id)}`, ...options });
  }

  /** Returns the event types and features that requests may name. Any key will do. */
  getSchema(options: CallOptions = {}): Promise<InputSchema> {
    return this.#sender.send({ method: 'GET', path: '/v1/schema', ...options });
  }

  /** Returns what the gateway and the cluster do now. Any key will do. */
  getOverview(options: CallOptions = {}): Promise<Overview> {
    return this.#sender.send({ method: 'GET', path: '/v1/overview', ...options });
  }

  /** Returns what each silo does now. Needs the scope "admin". */
  getCluster(options: CallOptions = {}): Promise<Cluster> {
    return this.#sender.send({ method: 'GET', path: '/v1/cluster', ...options });
  }

  /** Returns the settings of the process that answers, without secrets. Needs the scope "admin". */
  getSettings(options: CallOptions = {}): Promise<Settings> {
    return this.#sender.send({ method: 'GET', path: '/v1/settings', ...options });
  }

  /** Asks a probe. No key is sent. */
  getHealth(probe: 'startup' | 'live' | 'ready' = 'ready', options: CallOptions = {}): Promise<Health> {
    return this.#sender.send({ method: 'GET', path: `/health/${probe}`, authorized: false, ...options });
  }
}

/** A new id. `crypto.randomUUID` would be missing on pages of plain http. */
function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), b => b.toString(16).padStart(2, '0')).join('');
}

function* parts<T>(values: readonly T[]): Generator<T[]> {
  for (let start = 0; start < values.length; start += mostPerRequest) yield values.slice(start, start + mostPerRequest);
}

const segment = (text: string): string => encodeURIComponent(text);

function query(path: string, parameters: Record<string, string | number | readonly string[] | undefined>): string {
  const pairs = Object.entries(parameters)
    .flatMap(([name, value]) => (value === undefined ? [] : Array.isArray(value) ? value : [value]).map(one => `${name}=${encodeURIComponent(String(one))}`));
  return pairs.length > 0 ? `${path}?${pairs.join('&')}` : path;
}
