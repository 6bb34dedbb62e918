/** Draws the fenced blocks of the language mermaid in the browser, as GitHub does. */
export function diagrams(md) {
  const fence = md.renderer.rules.fence
  md.renderer.rules.fence = (tokens, index, ...rest) => {
    const { info, content } = tokens[index]
    return info.trim() === 'mermaid' ? `<Diagram source="${encodeURIComponent(content)}" />\n` : fence(tokens, index, ...rest)
  }
}
