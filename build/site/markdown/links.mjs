import { existsSync } from 'node:fs'
import { dirname, join, posix, relative } from 'node:path'
import { pages, root } from '../pages.mjs'

const known = new Set(pages)

/**
 * Lets the links of a page lead somewhere in the site as they do on GitHub. A README is the index of its folder. A file that is not a page, such as
 * a source file, is named without a link. A file that does not exist ends the build.
 */
export function repositoryLinks(md) {
  md.core.ruler.push('repository-links', state => {
    const page = relative(root, state.env.realPath ?? state.env.path).replaceAll('\\', '/')
    for (const { children } of state.tokens.filter(token => token.type === 'inline')) {
      let named = false
      for (const token of children) {
        if (token.type === 'link_open') {
          const target = token.attrGet('href')
          named = !isElsewhere(target) && !isPage(page, token, target)
          if (named) replace(token, `<span class="in-repository" title="${md.utils.escapeHtml(`In the repository: ${pathOf(page, target)}`)}">`)
        } else if (token.type === 'link_close' && named) {
          replace(token, '</span>')
          named = false
        }
      }
    }
  })
}

const isElsewhere = target => /^[a-z]+:|^#/i.test(target)

const pathOf = (page, target) => posix.normalize(posix.join(dirname(page), target.split('#')[0])).replace(/\/$/, '')

/** True for a link to a page, which is then turned to where the page is in the site. */
function isPage(page, token, target) {
  const path = pathOf(page, target)
  const file = known.has(path) ? path : `${path}/README.md`
  if (!known.has(file)) {
    if (!existsSync(join(root, path))) throw new Error(`${page}: there is no ${path}, to which it links`)
    return false
  }

  const [, anchor] = target.split('#')
  const place = posix.relative(dirname(page), file).replace(/(^|\/)README\.md$/, '$1index.md')
  token.attrSet('href', `./${place}${anchor ? `#${anchor}` : ''}`)
  return true
}

function replace(token, html) {
  token.type = 'html_inline'
  token.tag = ''
  token.nesting = 0
  token.attrs = null
  token.content = html
}
