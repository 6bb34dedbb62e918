import { readKey } from './key';
import { addressOf, type AnyInput, type Input, type Method, type PathOf } from './operations';

/** The command line that sends a request. A key is never written out: it is read from the variable DINORLEANS_KEY. */
export function curl<M extends Method, P extends PathOf<M>>(method: M, path: P, input: Input<M, P>): string {
  const { body }: AnyInput = input;
  const lines = [`curl -s ${method === 'get' ? '' : `-X ${method.toUpperCase()} `}${quote(location.origin + addressOf(path, input))}`];
  if (readKey()) lines.push('-H "Authorization: Bearer $DINORLEANS_KEY"');
  if (body !== undefined) lines.push(`-H 'Content-Type: application/json'`, `-d ${quote(JSON.stringify(body))}`);
  return lines.join(' \\\n  ');
}

/** The C# that posts a request. */
export function csharp<P extends PathOf<'post'>>(path: P, input: Input<'post', P>): string {
  const key = readKey()
    ? '\nhttp.DefaultRequestHeaders.Authorization = new("Bearer", Environment.GetEnvironmentVariable("DINORLEANS_KEY"));' : '';
  return `using System.Net.Http.Json;

using var http = new HttpClient { BaseAddress = new Uri(${text(location.origin)}) };${key}
using HttpResponseMessage answer = await http.PostAsJsonAsync(${text(addressOf(path, input))}, ${value(input.body, '')});
answer.EnsureSuccessStatusCode();
Console.WriteLine(await answer.Content.ReadAsStringAsync());`;
}

/** A value as a C# expression of anonymous objects. */
function value(of: unknown, indent: string): string {
  const inner = `${indent}    `;
  if (Array.isArray(of)) {
    const rows = of.map(v => value(v, inner));
    const line = `new[] { ${rows.join(', ')} }`;
    return line.length < 110 ? line : `new[]\n${indent}{\n${rows.map(r => `${inner}${r},`).join('\n')}\n${indent}}`;
  }
  if (typeof of === 'object' && of !== null) {
    const members = Object.entries(of).filter(([, v]) => v !== undefined).map(([name, v]) => `${name} = ${value(v, inner)}`);
    const line = `new { ${members.join(', ')} }`;
    return line.length < 110 && !line.includes('\n') ? line : `new\n${indent}{\n${members.map(m => `${inner}${m},`).join('\n')}\n${indent}}`;
  }
  return typeof of === 'string' ? text(of) : String(of);
}

/** A string of C#: JSON escapes what C# escapes, and in the same way. */
const text = (of: string): string => JSON.stringify(of);
const quote = (of: string): string => `'${of.replaceAll("'", "'\\''")}'`;
