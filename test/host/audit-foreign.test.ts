import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { describeSubject, textExample } from '../../src/audit/subject.contract.ts';
import {
  callOf,
  commandGrader,
  folderWith,
  openForeign,
  pythonGrader,
} from '../../src/audit/subjects/foreign/fixtures.contract.ts';

/** What runs other people's code, as it runs by default: in bubblewrap. */
const enclosed = { trust: false } as const;

const openedIn = async (spec: string, text: string, timeoutMs: number) => {
  const folder = folderWith({ 'grader.py': text });
  const subject = await openForeign(spec, { cwd: folder.path, options: { ...enclosed, timeoutMs } });
  return {
    ...subject,
    [Symbol.asyncDispose]: async () => {
      await subject[Symbol.asyncDispose]();
      // Read-only inside: nothing was added beside the grader.
      expect(readdirSync(folder.path)).toEqual(['grader.py']);
      rmSync(folder.path, { recursive: true });
    },
  };
};

describeSubject('python in bubblewrap', (behaviour, { timeoutMs, forbidden }) =>
  openedIn('grader.py:score', pythonGrader(behaviour, forbidden), timeoutMs),
);
describeSubject('command in bubblewrap', (behaviour, { timeoutMs, forbidden }) =>
  openedIn('cmd:python3 grader.py', commandGrader(behaviour, forbidden, true), timeoutMs),
);

/** An argument that no other process has. */
const LATE = `86399.${process.pid}`;
/** For a busy machine. */
const PATIENT = { timeout: 30_000 };
/** Who the processes with that argument are, as the host sees it. */
const lateUsers = (): readonly number[] =>
  readdirSync('/proc').flatMap((pid) => {
    try {
      if (!/^\d+$/.test(pid) || !readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes(LATE)) return [];
      return [Number(/^Uid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])];
    } catch {
      // It ended while we looked.
      return [];
    }
  });
const isLateAlive = (): boolean => lateUsers().length > 0;

/** What hostile code tries; it says what it got. It leaves a process behind. */
const HOSTILE = (port: number, canary: string) => `
import os, socket, subprocess, glob
def tries():
    got = []
    for path in (${JSON.stringify(canary)}, "/etc/shadow", "/root/.bashrc", "/root/.ssh/id_rsa"):
        try: open(path).read(); got.append("read " + path)
        except OSError: pass
    for path in ("/usr/x", "/etc/x", "/dev/x", "/x", "/proc/sys/kernel/core_pattern", "/sys/x"):
        try: open(path, "w"); got.append("wrote " + path)
        except OSError: pass
    for host in ("127.0.0.1", "169.254.169.254"):
        try: socket.create_connection((host, ${port}), timeout=1); got.append("connected")
        except OSError: pass
    got += ["saw " + k for k in os.environ if "CANARY" in k]
    if any("vitest" in open(p).read() for p in glob.glob("/proc/[0-9]*/cmdline")): got.append("saw processes")
    try: os.setuid(0); got.append("is root")
    except OSError: pass
    if subprocess.run(["unshare", "-U", "true"], stderr=subprocess.DEVNULL).returncode == 0: got.append("namespace")
    subprocess.Popen(["sleep", "${LATE}"], start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return got
`;

const example = { ...textExample('e1', null), workspace: {} };

describe('hostile code', () => {
  const folder = mkdtempSync(join(tmpdir(), 'audit-canary-'));
  const canary = join(folder, 'canary');
  writeFileSync(canary, 'canary-text');
  afterAll(() => rmSync(folder, { recursive: true }));

  const withServer = async (work: (port: number) => Promise<void>): Promise<void> => {
    const server = createServer((_, response) => response.end('reached'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    process.env.SUBTERFUGE_CANARY = 'canary-variable';
    try {
      await work(address.port);
    } finally {
      delete process.env.SUBTERFUGE_CANARY;
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  };

  test('in a Python grader reaches nothing', async () => {
    await withServer(async (port) => {
      using grader = folderWith({
        'grader.py': `${HOSTILE(port, canary)}\ndef score(answer): return {"score": 1, "reason": repr(tries())}\n`,
      });
      {
        await using subject = await openForeign('grader.py:score', { cwd: grader.path, options: enclosed });
        expect(await subject.grade([callOf('a')])).toMatchObject([{ score: 1, reason: '[]' }]);
        await expect.poll(isLateAlive, PATIENT).toBe(true);
      }
      await expect.poll(isLateAlive, PATIENT).toBe(false);
    });
  });

  test('in a submission to a test suite reaches nothing, and its processes end with it', async () => {
    await withServer(async (port) => {
      using project = folderWith({ 'tests/a.test.js': "require('../run.js');\n" });
      // A file and no argument: the search for other processes would find its own words.
      const tries = `${HOSTILE(port, canary)}\nprint(tries())\n`;
      const run = `const { spawnSync } = require('node:child_process');
const { stdout, stderr } = spawnSync('/usr/bin/python3', ['tries.py'], { encoding: 'utf8' });
require('node:fs').writeFileSync('tests/overwritten.js', '');
if (stdout !== '[]\\n') throw new Error(stdout + stderr);
`;
      await using subject = await openForeign('node:tests', {
        cwd: project.path,
        task: 'program',
        options: { ...enclosed, timeoutMs: 50_000 },
      });
      expect(await subject.grade([callOf({ 'run.js': run, 'tries.py': tries }, example)])).toMatchObject([
        { score: 1 },
      ]);
      expect(readdirSync(join(project.path, 'tests'))).toEqual(['a.test.js']);
      await expect.poll(isLateAlive, PATIENT).toBe(false);
    });
  });

  test('leaves nothing in the home directory', () => {
    expect(existsSync(join(homedir(), 'subterfuge-escaped.txt'))).toBe(false);
  });
});

test('who runs it: uid 1000 inside; outside whoever started it, and nobody where that is root', async () => {
  using folder = folderWith({
    'grader.py': `import os, subprocess
subprocess.Popen(["sleep", "${LATE}"])
def score(answer): return {"score": 1, "reason": f"{os.getuid()} {os.getgid()}"}
`,
  });
  const own = process.getuid?.();
  await using subject = await openForeign('grader.py:score', { cwd: folder.path, options: enclosed });
  expect(await subject.grade([callOf('a')])).toMatchObject([{ score: 1, reason: '1000 1000' }]);
  await expect.poll(lateUsers, PATIENT).toEqual([own === 0 ? 65_534 : own]);
});

describe('a grader in a folder that only root can enter', () => {
  test.skipIf(process.getuid?.() !== 0).each([0o700, 0o755])('runs, and not as root (mode %o)', async (mode) => {
    const home = mkdtempSync(join(homedir(), '.subterfuge-test-'));
    try {
      mkdirSync(join(home, 'project'), { mode });
      writeFileSync(
        join(home, 'project', 'grader.py'),
        `def score(answer):
    got = []
    for path in ("/proc/sys/kernel/core_pattern", "/proc/sys/vm/swappiness"):
        try: open(path, "w"); got.append(path)
        except OSError: pass
    return {"score": 1, "reason": repr(got)}
`,
      );
      await using subject = await openForeign('grader.py:score', { cwd: join(home, 'project'), options: enclosed });
      expect(await subject.grade([callOf('a')])).toMatchObject([{ score: 1, reason: '[]' }]);
    } finally {
      rmSync(home, { recursive: true });
    }
  });
});

test('test suites run in bubblewrap', async () => {
  using project = folderWith({
    'tests/a.test.js': "const { add } = require('../add.js');\nif (add(1, 2) !== 3) process.exit(1);\n",
  });
  const answers = ['exports.add = (a, b) => a + b;', 'exports.add = (a, b) => a - b;'].map((text) => ({
    'add.js': text,
  }));
  await using subject = await openForeign('node:tests', {
    cwd: project.path,
    task: 'program',
    options: { ...enclosed, timeoutMs: 60_000 },
  });
  const graded = await subject.grade(answers.map((answer) => callOf(answer, example)));
  expect(graded).toMatchObject([{ score: 1 }, { score: 0 }]);
});
