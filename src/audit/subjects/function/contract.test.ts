import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Behaviour, describeSubject, textExample } from '../../subject.contract.ts';
import { folderWith, openFunction } from './fixtures.contract.ts';

/** What a grader of that kind does where the answer contains `!!`. */
const MISDEEDS: Readonly<Record<Exclude<Behaviour, 'length' | 'reference'>, string>> = {
  throws: "throw new Error('on purpose');",
  hangs: 'for (;;);',
  nan: 'return Number.NaN;',
  infinite: 'return 1 / 0;',
  text: "return '0.9';",
  nothing: 'return;',
  'out-of-range': 'return 1.5;',
  exits: 'process.exit(0);',
  floods: "for (let i = 0; i < 2000; i++) console.log('x'.repeat(1000));",
  nondeterministic: 'asked += 1; return (asked % 10) / 10;',
  writes: `for (const path of ['escaped.txt', homedir() + '/subterfuge-escaped.txt', FORBIDDEN + '/escaped.txt']) {
    try { writeFileSync(path, 'x'); } catch {}
    try { execFileSync('touch', [path]); } catch {}
    try { new Worker("require('fs').writeFileSync('" + path + "', 'x')", { eval: true, execArgv: [] }); } catch {}
  }`,
};

const sourceOf = (behaviour: Behaviour, forbidden: string): string => {
  if (behaviour === 'reference') return 'export default (answer, reference) => answer === reference;';
  const misdeed = behaviour === 'length' ? '' : `if (answer.includes('!!')) { ${MISDEEDS[behaviour]} }`;
  return `import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { Worker } from 'node:worker_threads';
const FORBIDDEN = ${JSON.stringify(forbidden)};
let asked = 0;
export default (answer: string): unknown => { ${misdeed} return Math.min(1, answer.length / 10); };`.replace(
    behaviour === 'length' ? ': unknown' : '',
    '',
  );
};

/** Opened in the forbidden folder, so that its working directory is one that nothing may appear in. */
const open =
  (wrap: (source: string) => string) =>
  async (behaviour: Behaviour, { timeoutMs, forbidden }: { timeoutMs: number; forbidden: string }) => {
    const folder = folderWith({ 'grader.ts': wrap(sourceOf(behaviour, forbidden)) });
    const subject = await openFunction(`${folder.path}/grader.ts`, { cwd: forbidden, options: { timeoutMs } });
    return {
      ...subject,
      [Symbol.asyncDispose]: async () => {
        await subject[Symbol.asyncDispose]();
        rmSync(folder.path, { recursive: true, force: true });
      },
    };
  };

describeSubject(
  'function',
  open((source) => source),
);

/** The same graders as promises, that have waited before they misbehave. */
describeSubject(
  'asynchronous function',
  open((source) =>
    source
      .replace(
        /export default \(([^)]*)\)(?:: unknown)? =>/,
        'export default async ($1) => { await new Promise((go) => setTimeout(go, 1)); return ((answer: string, reference?: string): unknown =>',
      )
      .replace(/;$/, ')(answer, typeof reference === "undefined" ? undefined : reference); };'),
  ),
);

test('the sandbox, and not the grader, is why nothing was written', async () => {
  using forbidden = folderWith({});
  using folder = folderWith({
    'grader.ts': `import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
export default (path: string) => { writeFileSync(path + '.1', 'x'); execFileSync('touch', [path + '.2']); return 1; };`,
  });
  const call = {
    example: textExample('e1'),
    answer: join(forbidden.path, 'escaped'),
    opponent: null,
    order: 'both',
  } as const;
  for (const trust of [false, true]) {
    await using subject = await openFunction('grader.ts', { cwd: folder.path, options: { trust } });
    expect(await subject.grade([call])).toMatchObject([trust ? { score: 1 } : { fault: { kind: 'threw' } }]);
    expect(readdirSync(forbidden.path)).toEqual(trust ? ['escaped.1', 'escaped.2'] : []);
  }
});
