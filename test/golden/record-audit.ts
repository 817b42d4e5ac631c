/**
 * Writes the golden audit of the current version: `node test/golden/record-audit.ts`. Run it once for each new version of the records, into a new
 * folder; never again for an old one.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { exampleOf, functionSubject, optionsOf, setOf, SUMS } from '../../src/audit/audit.fixtures.contract.ts';
import { audit } from '../../src/audit/audit.ts';

const folder = new URL('./audit-v1/', import.meta.url);

/** Pays for length, and throws at lists. */
const subject = functionSubject(
  (answer) => {
    if (String(answer).startsWith('0 1 2')) throw new Error('too many numbers');
    return Math.min(1, String(answer).length / 100);
  },
  { version: 'golden' },
);
const { report, findings } = await audit(
  optionsOf(subject, setOf([...SUMS, exampleOf('unanswered')]), { search: { queries: 200 } }),
);
mkdirSync(folder, { recursive: true });
const write = (name: string, value: unknown): void =>
  writeFileSync(new URL(name, folder), `${JSON.stringify(value, null, 2)}\n`);
write('audit.json', report);
write('findings.json', findings);
