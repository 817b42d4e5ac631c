import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { folderWith } from './fixtures.contract.ts';

/** On Linux, with util-linux: elsewhere a grader that hangs outlives a host that is killed. */
describe('the process of a host', () => {
  const host = (folder: string, last: string): string => `
    import { openFunction } from ${JSON.stringify(join(import.meta.dirname, 'fixtures.contract.ts'))};
    import { textExample } from ${JSON.stringify(join(import.meta.dirname, '../../subject.contract.ts'))};
    const subject = await openFunction('grader.ts', { cwd: ${JSON.stringify(folder)}, options: { timeoutMs: 60_000 } });
    const ask = (answer) => subject.grade([{ example: textExample('e'), answer, opponent: null, order: 'both' }]);
    ${last}`;
  const grader =
    'export default (answer: string) => { if (answer.startsWith("/")) { require("node:fs"); } if (answer === "hang") for (;;); return { score: 0.5, reason: String(process.pid) }; };';

  test('ends by itself once the subject is closed, and also if it never is', () => {
    for (const last of ["await ask('x'); await subject[Symbol.asyncDispose]();", "await ask('x');"]) {
      using folder = folderWith({ 'grader.ts': grader });
      using script = folderWith({ 'host.ts': host(folder.path, `${last} process.stdout.write('end');`) });
      expect(
        execFileSync(process.execPath, [join(script.path, 'host.ts')], { encoding: 'utf8', timeout: 100_000 }),
      ).toBe('end');
    }
  });

  test('takes a grader with it that hangs while it is killed', async () => {
    using folder = folderWith({ 'grader.ts': grader });
    using script = folderWith({
      'host.ts': host(
        folder.path,
        "const [one] = await ask('x'); process.stdout.write(one.reason); await ask('hang');",
      ),
    });
    const child = spawn(process.execPath, [join(script.path, 'host.ts')], { stdio: ['ignore', 'pipe', 'inherit'] });
    const pid = await new Promise<number>((resolve) =>
      child.stdout.once('data', (text) => resolve(Number(String(text)))),
    );
    await wait(300);
    child.kill('SIGKILL');
    const isAlive = (): boolean =>
      existsSync(`/proc/${pid}/stat`) && !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
    for (let i = 0; i < 100 && isAlive(); i++) await wait(100);
    expect(isAlive()).toBe(false);
  });
});
