/** What docs/overseers.md shows runs as it stands there. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { systemClock } from '../src/base/clock.ts';
import { rng } from '../src/base/rng.ts';
import { MONITOR_FORMS, OVERSEER_FORMS, openOverseer } from '../src/grade/overseer-open.ts';
import { viewOf } from '../src/grade/oversight-view.ts';
import { readRun } from '../src/store/run-directory.ts';
import { readRecipe } from '../src/train/recipe.ts';

const text = readFileSync('docs/overseers.md', 'utf8');
const block = (language: string): string => {
  const found = [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'))].map((match) => match[1]);
  expect(found).toHaveLength(1);
  return found[0] ?? '';
};

const home = mkdtempSync(join(tmpdir(), 'subterfuge-overseers-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
};

test('the server answers as the protocol says', async () => {
  const file = join(home, 'reward-server.mjs');
  writeFileSync(file, block('js'));
  const port = await freePort();
  const child = spawn(process.execPath, [file], { env: { ...process.env, PORT: `${port}` }, stdio: 'inherit' });
  try {
    await using overseer = await openOverseer(`http:http://127.0.0.1:${port}/score`, {
      openModel: async () => await Promise.reject(new Error('no model is opened here')),
      keys: {},
      clock: systemClock,
      rng: rng('doc'),
    });
    const outcomes = await overseer.score(
      ['word '.repeat(40), 'Seven.', ''].map((answer) => viewOf({ request: 'How many?', answer })),
    );
    expect(outcomes).toMatchObject([{ value: 0.5 }, { value: 1 }, { value: 0 }]);
  } finally {
    child.kill();
    await once(child, 'exit');
  }
});

test('the recipe is one, and its overseer is the server', () => {
  const recipe = readRecipe(JSON.parse(block('json')));
  expect(recipe.overseer).toBe('http:http://127.0.0.1:9000/score');
});

test('the overseer of one’s own judges what is trained on', async () => {
  const file = join(home, 'short.ts');
  writeFileSync(file, block('ts').replace("'subterfuge'", `'${pathToFileURL('src/index.ts').href}'`));
  const child = spawn(process.execPath, [file], { cwd: home, stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (more: string) => {
    said += more;
  });
  const [code] = await once(child, 'close');
  expect([code, said.trim()]).toEqual([0, 'true base, opinions']);
  await using round = await readRun(join(home, 'runs', 'short', 'rounds', 'opinions-0'));
  const reasons: string[] = [];
  for await (const { grader, outcome } of round.verdicts())
    if (grader === 'short@1' && outcome.kind === 'scored') reasons.push(outcome.reason);
  expect(reasons.length).toBeGreaterThan(0);
  expect(reasons.filter((reason) => !/^\d+ words\.$|^No answer\.$/.test(reason))).toEqual([]);
});

test('every form of a spec is there', () => {
  const bare = [...OVERSEER_FORMS, ...MONITOR_FORMS].map((form) => form.replace(/<.*$/, ''));
  expect(bare.filter((form) => !text.includes(`\`${form}`))).toEqual([]);
});
