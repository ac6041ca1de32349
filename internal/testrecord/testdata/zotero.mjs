// Says what Zotero makes of what a page has for citation managers, by Zotero's own code:
// an array of {"coins": [title of a span…], "authors": [citation_author…]} on standard
// input, and for each {"items": […], "creators": […]} on standard output.
//
//   node zotero.mjs FOLDER-OF-NODE_MODULES < pages.json
import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const folder = join(process.argv[2], 'zotero-translation-client', 'modules', 'zotero-utilities')
const loaded = {}

// load runs a file of Zotero's as what it is, a script that exports by module.exports.
function load(name) {
  if (!loaded[name]) {
    const module = { exports: {} }
    const require = path => path.startsWith('./') ? load(path.slice(2) + (path.endsWith('.js') ? '' : '.js')) : createRequire(join(folder, 'x.js'))(path)
    new Function('module', 'exports', 'require', readFileSync(join(folder, name), 'utf8'))(module, module.exports, require)
    loaded[name] = module.exports
  }
  return loaded[name]
}

const utilities = load('utilities.js')
globalThis.Zotero = { debug() {}, Utilities: utilities }
const openURL = load('openurl.js')

const out = JSON.parse(readFileSync(0, 'utf8')).map(({ coins, authors }) => ({
  items: (coins ?? []).map(title => openURL.parseContextObject(title, { creators: [], tags: [] })),
  creators: (authors ?? []).map(name => utilities.cleanAuthor(name, 'author', name.includes(','))),
}))
process.stdout.write(JSON.stringify(out))
