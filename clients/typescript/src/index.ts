export { DinOrleans } from './client.js';
export type { FindItems, FindUsers, Page } from './client.js';
export { DinOrleansError } from './errors.js';
export type { Violation } from './errors.js';
export type { CallOptions, DinOrleansOptions } from './http.js';
export type { components, operations, paths } from './schema.js';
export type * from './types.js';
