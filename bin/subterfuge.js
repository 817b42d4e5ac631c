#!/usr/bin/env node
// The launcher: plain JavaScript that an old Node can parse, so that it can say what to do. In the repository, where
// the right Node is a dev dependency, it starts that one.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const NEEDED = [22, 18];

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));

const parts = process.versions.node.split('.').map(Number);
const newEnough = parts[0] > NEEDED[0] || (parts[0] === NEEDED[0] && parts[1] >= NEEDED[1]);
const pinned = path('../node_modules/node/bin/node');

const fail = (lines) => {
  process.stderr.write(`${lines.join('\n')}\n`);
  process.exit(2);
};

if (!newEnough && existsSync(pinned) && fileURLToPath(import.meta.url).indexOf('node_modules') < 0) {
  const child = spawn(pinned, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
  // What is sent to this process alone must reach the one that works.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => fail([`Subterfuge could not start ${pinned}: ${error.message}`]));
  child.on('exit', (code) => {
    process.exitCode = code === null ? 3 : code;
  });
} else if (!newEnough) {
  fail([
    'Subterfuge needs a newer Node.',
    `  given:   Node ${process.versions.node}`,
    `  allowed: Node ${NEEDED.join('.')} or later`,
    '  to do:   install Node 24, or run it through npm: npx -p node@24 -p subterfuge subterfuge',
  ]);
} else if (!existsSync(path('../dist/cli/main.js'))) {
  fail([
    'Subterfuge has not been built yet.',
    '  given:   no dist/cli/main.js beside bin/',
    '  to do:   npm run build',
  ]);
} else {
  import('../dist/cli/main.js')
    .then(({ main }) => main())
    .catch((error) => {
      process.stderr.write(`Subterfuge could not start: ${error.stack}\n`);
      process.exitCode = 3;
    });
}
