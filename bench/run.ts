/**
 * Runs every bench, one after the other: `npm run bench`, or `npm run bench -- sandbox` for one by name. What follows the
 * names from the first option on is the bench's own: `npm run bench -- engine --rounds 5`.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('.', import.meta.url));
const given = process.argv.slice(2);
const firstOption = given.findIndex((arg) => arg.startsWith('-'));
const wanted = firstOption < 0 ? given : given.slice(0, firstOption);
const options = given.slice(wanted.length);
const benches = readdirSync(folder).filter((name) => name.endsWith('.ts') && name !== 'run.ts');
const chosen = benches.filter((name) => wanted.length === 0 || wanted.includes(name.replace('.ts', '')));
if (chosen.length === 0) {
  process.stderr.write(`No such bench.\n  given:   ${wanted.join(' ')}\n  allowed: ${benches.join(', ')}\n`);
  process.exitCode = 2;
}
for (const name of chosen) {
  process.stdout.write(`\n== ${name}\n`);
  const { status } = spawnSync(process.execPath, [`${folder}${name}`, ...options], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
