/** A new id for an event. `crypto.randomUUID` would be missing on pages of plain http. */
export function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), b => b.toString(16).padStart(2, '0')).join('');
}
