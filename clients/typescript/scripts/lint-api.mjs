// Holds docs/openapi.json to the rules of redocly.json. Any finding is an error.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import redocly from '@redocly/openapi-core';

const rules = JSON.parse(readFileSync(new URL('redocly.json', import.meta.url), 'utf8'));
const config = await redocly.createConfig(rules);
const findings = await redocly.lint({ ref: fileURLToPath(new URL('../../../docs/openapi.json', import.meta.url)), config });
for (const { severity, ruleId, message, location } of findings) {
  console.error(`${severity} ${ruleId} at ${location[0]?.pointer ?? ''}: ${message}`);
}
console.log(findings.length === 0 ? 'docs/openapi.json is clean.' : `${findings.length} findings.`);
process.exitCode = findings.length === 0 ? 0 : 1;
