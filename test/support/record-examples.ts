/** Writes `before.txt` and `after.txt` of every example anew: node test/support/record-examples.ts */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { commandsOf, EXAMPLES, EXAMPLES_FOLDER, runExample } from './examples.ts';

for (const example of EXAMPLES) {
  const commands = commandsOf(example);
  const results = await runExample(example);
  for (const [index, { stdout, stderr, code }] of results.entries()) {
    const name = index === 0 ? 'before.txt' : 'after.txt';
    await writeFile(join(EXAMPLES_FOLDER, example.name, name), `$ npx subterfuge ${commands[index]}\n${stdout}`);
    process.stdout.write(`${example.name}/${name}: exit ${code}${code === 0 || code === 1 ? '' : `\n${stderr}`}\n`);
  }
}
