// The program in README.md compiles against the built client.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('..', import.meta.url));

test('the program in README.md compiles', async () => {
  const readme = await readFile(`${root}README.md`, 'utf8');
  const program = /^```ts\n(.*?)^```/ms.exec(readme)?.[1];
  assert.ok(program, 'README.md has no program');

  // The file need not exist: it is read from memory, and "dinorleans" is this package by its own name.
  const file = `${root}readme.mts`;
  const { options } = ts.parseJsonConfigFileContent(ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile).config, ts.sys, root);
  const own = { ...options, noEmit: true, rootDir: root };
  const host = ts.createCompilerHost(own);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (name, ...rest) => name === file ? ts.createSourceFile(name, program, options.target) : read(name, ...rest);
  const found = ts.getPreEmitDiagnostics(ts.createProgram([file], own, host));
  assert.equal(ts.formatDiagnostics(found, { getCurrentDirectory: () => root, getCanonicalFileName: name => name, getNewLine: () => '\n' }), '');
});
