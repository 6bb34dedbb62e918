import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { defineConfig } from 'vitepress'
import { diagrams } from '../markdown/diagrams.mjs'
import { repositoryLinks } from '../markdown/links.mjs'
import { pages, rewrites, root } from '../pages.mjs'
import { nav, sidebar } from './navigation.mjs'

const require = createRequire(import.meta.url)
const used = new Set(pages)
const icon = `data:image/png;base64,${readFileSync(join(root, 'build/icon.png')).toString('base64')}`

export default defineConfig({
  title: 'DinOrleans',
  description: 'A backend for recommendations with a Deep Interest Network on Orleans',
  lang: 'en',
  // Without an icon, a browser asks for /favicon.ico, which is not there.
  head: [['link', { rel: 'icon', type: 'image/png', href: icon }]],

  // The pages are the Markdown files that GitHub shows, where they are: there is no second copy.
  srcDir: root,
  srcExclude: ['**/{bin,obj,node_modules,.git,.vs}/**', 'build/**', 'tests/**', 'deploy/**', 'data/**', 'artifacts/**', '{clients,src}/**/!(README).md'],
  outDir: 'dist',
  rewrites,
  ignoreDeadLinks: 'localhostLinks',
  transformPageData: page => {
    if (!used.has(page.filePath)) throw new Error(`${page.filePath} is not one of the pages that pages.mjs finds`)
  },

  markdown: {
    // The anchors are those that GitHub makes, because links use them.
    anchor: { slugify: heading => heading.trim().toLowerCase().replace(/[^\p{L}\p{N}_\- ]/gu, '').replaceAll(' ', '-') },
    config: md => md.use(diagrams).use(repositoryLinks),
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
  },

  themeConfig: {
    nav,
    sidebar,
    search: { provider: 'local' },
    outline: [2, 3],
  },

  vite: {
    // The pages are outside of this folder, so that what they need is not found beside them.
    resolve: {
      alias: [
        { find: /^vue$/, replacement: require.resolve('vue/dist/vue.runtime.esm-bundler.js') },
        { find: /^vue\/server-renderer$/, replacement: require.resolve('@vue/server-renderer') },
      ],
    },
    build: { chunkSizeWarningLimit: 4000 },
  },
})
