import { readFileSync } from 'node:fs';
import { defineConfig } from 'vite';

/** The libraries whose code is in the built files. Their licences are listed beside them. */
const bundled = ['preact', 'uplot'];

/** Writes the licences of the bundled libraries into one file. */
function notices() {
  return {
    name: 'notices',
    generateBundle() {
      const parts = bundled.map(name => {
        const folder = new URL(`node_modules/${name}/`, import.meta.url);
        const { version, license } = JSON.parse(readFileSync(new URL('package.json', folder), 'utf8'));
        const text = readFileSync(new URL('LICENSE', folder), 'utf8').replaceAll('\r\n', '\n').trim();
        return `${name} ${version} (${license})\n\n${text}\n`;
      });
      const source = `The console contains these libraries.\n\n${parts.join('\n' + '-'.repeat(80) + '\n\n')}`;
      this.emitFile({ type: 'asset', fileName: 'THIRD-PARTY-NOTICES.txt', source });
    },
  };
}

export default defineConfig({
  base: '/console/',
  plugins: [notices()],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: '../Gateway/WebConsole/wwwroot',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    target: 'es2022',
  },
  server: { proxy: { '/v1': 'http://localhost:5000', '/health': 'http://localhost:5000' } },
});
