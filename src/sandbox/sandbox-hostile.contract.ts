import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOSTILE_SHELL, type HostileProgram } from './hostile.contract.ts';
import { HOSTILE_PYTHON } from './hostile-python.contract.ts';
import type { SandboxContract } from './sandbox.contract.ts';
import type { CommandResult, SandboxProvider, SandboxSpec } from './sandbox.ts';

/** Long enough for Python to start and begin on what it is up to; what never ends by itself costs the suite this long. */
const HOSTILE_MS = 1_000;
/** Beyond its deadline a command may take this long on a busy machine; that it ends at all is what counts. */
const SLACK_MS = 20_000;
/** Of processor time: a machine that does other things may leave the whole process waiting for seconds. */
const MAX_STALL_MS = 1_000;
const HOSTILE = [...HOSTILE_SHELL, ...HOSTILE_PYTHON];
const SPEC: SandboxSpec = {
  files: [{ path: '/desk/notes.txt', text: 'one\ntwo\n', mode: 0o644 }],
  cwd: '/desk',
  seed: 'hostile',
};

/** The longest turn of the main thread, in milliseconds of its processor time. */
const stallMeter = (): (() => number) => {
  const cpuMs = (): number => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1_000;
  };
  let worst = 0;
  let last = cpuMs();
  const timer = setInterval(() => {
    const now = cpuMs();
    worst = Math.max(worst, now - last);
    last = now;
  }, 5);
  return () => {
    clearInterval(timer);
    return worst;
  };
};

/** No program escapes, hangs, or slows the host; the worst cases are printed, since the documentation makes claims of them. */
export const hostileContract = (contract: SandboxContract, opened: () => SandboxProvider): void => {
  describe('hostile programs', () => {
    const run = async (command: string, seed = SPEC.seed): Promise<CommandResult> => {
      await using sandbox = await opened().open({ ...SPEC, seed });
      return await sandbox.session.exec(command);
    };
    const CANARY = `canary-${'7f3a9c'.repeat(3)}`;
    let folder = '';
    const worst = { stallMs: 0, stallAt: '', lateMs: 0, lateAt: '' };
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'sandbox-canary-'));
      writeFileSync(join(folder, 'file'), CANARY);
      process.env.SANDBOX_CANARY = CANARY;
      // Threads that are still starting are not what is measured.
      await Promise.all(['true', 'true #', 'true ##'].map((command) => run(command)));
    });
    afterAll(() => {
      expect(contract.pending?.(opened()) ?? 0).toBe(0);
      delete process.env.SANDBOX_CANARY;
      rmSync(folder, { recursive: true, force: true });
      console.log(
        `${contract.name}: ${HOSTILE.length} hostile programs; longest turn of the main thread ${worst.stallMs.toFixed(0)} ms of processor time (${worst.stallAt}); latest ${worst.lateMs.toFixed(0)} ms after its deadline (${worst.lateAt})`,
      );
    });

    it('are at least 60, each with a reason and a name of its own', () => {
      expect(HOSTILE.length).toBeGreaterThanOrEqual(60);
      expect(new Set(HOSTILE.map((program) => program.name)).size).toBe(HOSTILE.length);
    });

    const survives = async (name: string, program: HostileProgram): Promise<void> => {
      const sandbox = await opened().open({
        ...SPEC,
        files: [
          ...SPEC.files,
          ...Object.entries(program.files ?? {}).map(([file, text]) => ({
            path: `/desk/${file}`,
            text: text(),
            mode: 0o644,
          })),
        ],
        limits: { commandMs: HOSTILE_MS },
      });
      const stall = stallMeter();
      const startMs = performance.now();
      const result = await sandbox.session.exec(program.command.replaceAll('CANARY_PATH', join(folder, 'file')));
      const tookMs = performance.now() - startMs;
      const stallMs = stall();
      if (stallMs > worst.stallMs) Object.assign(worst, { stallMs, stallAt: name });
      if (tookMs - HOSTILE_MS > worst.lateMs) Object.assign(worst, { lateMs: tookMs - HOSTILE_MS, lateAt: name });
      expect(stallMs).toBeLessThan(MAX_STALL_MS);
      // Beside others it waits for a worker, too.
      expect(tookMs).toBeLessThan(HOSTILE_MS + SLACK_MS * (contract.hostileTogether === true ? 2 : 1));
      expect(result.outcome).not.toBe('sandbox-lost');
      const seen = JSON.stringify(result);
      expect(seen).not.toContain(CANARY);
      expect(result.stdout + result.stderr).not.toMatch(
        /root:x?:0:0|CONNECTED|FETCHED|node_modules|\/src\/sandbox|\.js:\d/,
      );
      expect(result.stdout.length + result.stderr.length).toBeLessThanOrEqual(2 * 16_384);
      await sandbox[Symbol.asyncDispose]();
      if (contract.hostileTogether !== true) expect(contract.pending?.(opened()) ?? 0).toBe(0);
      // A fresh sandbox of the same provider is as good as new.
      const after = await run('cat notes.txt; ls /tmp; env | grep -c canary', name);
      expect(after).toMatchObject({ stdout: 'one\ntwo\n0\n', outcome: 'ok' });
      expect(Reflect.get({}, 'x')).toBeUndefined();
    };
    const named = (programs: readonly HostileProgram[]) => programs.map((program) => [program.name, program] as const);
    const isAlone = (program: HostileProgram): boolean => program.alone === true || program.files !== undefined;
    it.each(named(HOSTILE.filter(isAlone)))('%s', survives);
    const test = contract.hostileTogether === true ? it.concurrent : it;
    test.each(named(HOSTILE.filter((program) => !isAlone(program))))('%s', survives);
  });
};
