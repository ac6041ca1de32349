// Reads CSL-JSON on standard input with citation-js and prints what it has made of it.
//
//   node read.mjs FOLDER-OF-NODE_MODULES < items.json
import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const require = createRequire(join(process.argv[2], 'x.js'))
const { Cite } = require('@citation-js/core')
const items = new Cite(readFileSync(0, 'utf8')).data
process.stdout.write(JSON.stringify(items.map(({ _graph, ...item }) => item)))
