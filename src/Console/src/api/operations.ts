import type { components, paths } from '../../../../clients/typescript/src/schema';

/** The records of docs/openapi.json by their names. They are generated, so a change of the API changes them. */
export type Schemas = components['schemas'];

export type Method = 'get' | 'put' | 'post' | 'delete';

/** The paths that have an operation of a method. */
export type PathOf<M extends Method> = { [P in keyof paths]: paths[P][M] extends object ? P : never }[keyof paths];

/** The JSON that an operation answers; undefined where it answers without a body. */
export type Answer<M extends Method, P extends PathOf<M>> = paths[P][M] extends { responses: { 200: Json<infer T> } } ? T : undefined;

/** What a request of an operation says: the parameters of its path and its query, and its body. */
export type Input<M extends Method, P extends PathOf<M>> =
  & (paths[P][M] extends { parameters: { path: infer V extends object } } ? { path: V } : { path?: never })
  & (paths[P][M] extends { parameters: { query?: infer V } } ? { query?: { [K in keyof V]: V[K] | undefined } } : { query?: never })
  & (paths[P][M] extends { requestBody: Json<infer V> } ? { body: V } : { body?: never });

/** A request of any operation. */
export interface AnyInput { path?: object | undefined; query?: object | undefined; body?: unknown }

interface Json<T> { content: { 'application/json': T } }

/** The address of a request. Parameters of the query that are undefined or empty are left out, and lists are repeated. */
export function addressOf(path: string, input: AnyInput): string {
  const values = new Map<string, unknown>(Object.entries(input.path ?? {}));
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(values.get(name))));
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(input.query ?? {})) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== '') query.append(name, String(one));
    }
  }
  const text = query.toString();
  return text ? `${filled}?${text}` : filled;
}
