/** Runs every bench, one after the other: `npm run bench`, or `npm run bench -- sandbox` for one by name. */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('.', import.meta.url));
const wanted = process.argv.slice(2);
const benches = readdirSync(folder).filter((name) => name.endsWith('.ts') && name !== 'run.ts');
const chosen = benches.filter((name) => wanted.length === 0 || wanted.includes(name.replace('.ts', '')));
if (chosen.length === 0) {
  process.stderr.write(`No such bench.\n  given:   ${wanted.join(' ')}\n  allowed: ${benches.join(', ')}\n`);
  process.exitCode = 2;
}
for (const name of chosen) {
  process.stdout.write(`\n== ${name}\n`);
  const { status } = spawnSync(process.execPath, [`${folder}${name}`], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
