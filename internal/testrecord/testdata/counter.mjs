// Checks answers of the COUNTER API, a JSON array of [name, part, text] on standard input,
// against its official description; part is where in it: "schemas/IR". What is wrong is
// said on a line each.
//
//   node counter.mjs FOLDER-OF-NODE_MODULES COUNTER_API.json < answers.json
import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const require = createRequire(join(process.argv[2], 'x.js'))
const Ajv = require('ajv/dist/2020').default
const formats = require('ajv-formats').default

// One of its patterns is none in the stricter reading of them.
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false, validateSchema: false })
formats(ajv)
ajv.addSchema(JSON.parse(readFileSync(process.argv[3], 'utf8')), 'api')
const checks = new Map()
let wrong = 0
for (const [name, part, text] of JSON.parse(readFileSync(0, 'utf8'))) {
  if (!checks.has(part)) checks.set(part, ajv.compile({ $ref: 'api#/components/' + part }))
  const check = checks.get(part)
  if (check(JSON.parse(text))) continue
  for (const e of check.errors) if (wrong++ < 40) console.log(`${name}: ${e.instancePath} ${e.message} ${JSON.stringify(e.params)}`)
}
process.exit(wrong ? 1 : 0)
