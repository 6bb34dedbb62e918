import { existsSync, readdirSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The repository's root. */
export const root = resolve(fileURLToPath(import.meta.url), '../../..')

/** The folders whose Markdown files are pages, with all that is below them. */
const folders = ['docs', 'samples']

/** Further files that are pages. */
const files = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md']

/** The folders with a project in each folder of theirs, whose README is a page. */
const projects = ['clients', 'src']

/** The paths of all pages from the repository's root, with forward slashes. */
export const pages = [
  ...files,
  ...folders.flatMap(below),
  ...projects.flatMap(folder => readdirSync(join(root, folder)).map(project => `${folder}/${project}/README.md`)).filter(path => existsSync(join(root, path))),
]

/** A README is the index of its folder, as on GitHub. */
export const rewrites = Object.fromEntries(pages.filter(page => /(^|\/)README\.md$/.test(page)).map(page => [page, page.replace(/README\.md$/, 'index.md')]))

function below(folder) {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && entry.name.endsWith('.md'))
    .map(entry => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .filter(path => !/(^|\/)(bin|obj|node_modules)\//.test(path))
}
