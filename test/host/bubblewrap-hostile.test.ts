import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BubblewrapProvider, bubblewrapSandbox } from '../../src/sandbox/bubblewrap.ts';
import { residentMb } from '../../src/sandbox/resident-memory.ts';
import type { CommandResult, Sandbox, SandboxSpec } from '../../src/sandbox/sandbox.ts';

/** What only a sandbox of real programs has to fear. Needs bubblewrap, so it belongs to the host project. */

const SPEC: SandboxSpec = {
  files: [{ path: '/root/score.txt', text: '0\n', mode: 0o644 }],
  cwd: '/root',
  seed: 'hostile',
  // Nothing here is to wait for it: a busy machine takes seconds to start Python.
  limits: { commandMs: 60_000 },
};

let provider: BubblewrapProvider;
beforeAll(() => {
  provider = bubblewrapSandbox({ workers: 2 });
});
afterAll(() => provider[Symbol.asyncDispose]());

const inside = async <T>(use: (box: Sandbox) => Promise<T>, spec: Partial<SandboxSpec> = {}): Promise<T> => {
  await using box = await provider.open({ ...SPEC, ...spec });
  return await use(box);
};
const run = (command: string, spec: Partial<SandboxSpec> = {}): Promise<CommandResult> =>
  inside((box) => box.session.exec(command), spec);
const all = async (commands: readonly string[]): Promise<CommandResult[]> =>
  await inside(async (box) => {
    const out: CommandResult[] = [];
    for (const command of commands) out.push(await box.session.exec(command));
    return out;
  });
const py = (source: string): string => `python3 - <<'PY'\n${source}\nPY`;

describe('confinement', () => {
  it('has no privileges, and no way to get any', async () => {
    const { stdout } = await run(
      [
        "grep -E '^(Cap...|NoNewPrivs|Seccomp):' /proc/self/status | tr -d '\\t'",
        'for c in "unshare -Urm id" "unshare -U id" "mount -t tmpfs x /tmp" "chroot / id" "su -c id" "setpriv --reuid 0 id" "ip netns add x"',
        'do $c > /dev/null 2>&1 && echo "DONE $c"; done',
        'cp /usr/bin/id /tmp/id; chmod 4755 /tmp/id; /tmp/id -u',
      ].join('\n'),
    );
    expect(stdout).toBe(
      'CapInh:0000000000000000\nCapPrm:0000000000000000\nCapEff:0000000000000000\nCapBnd:0000000000000000\nCapAmb:0000000000000000\nNoNewPrivs:1\nSeccomp:2\n1000\n',
    );
  });

  it('is refused the calls that the filter names, by number', async () => {
    const { stdout } = await run(
      py(
        `import ctypes, errno, os, socket
libc = ctypes.CDLL(None, use_errno=True)
def call(name, number, *args):
    ctypes.set_errno(0)
    result = libc.syscall(number, *args)
    print(name, result, errno.errorcode.get(ctypes.get_errno(), '-'))
call('ptrace', 101, 16, 1, 0, 0)
call('bpf', 321, 0, 0, 0)
call('unshare', 272, 0x10000000)
call('clone', 56, 0x10000000 | 17, 0, 0, 0, 0)
call('clone3', 435, 0, 0)
call('keyctl', 250, 0, 0, 0)
call('mount', 165, b'x', b'/tmp', b'tmpfs', 0, 0)
call('io_uring_setup', 425, 1, 0)
call('memfd_create', 319, b'x', 0)
call('x32 getpid', 0x40000000 + 39)
for family in (socket.AF_UNIX, socket.AF_INET, socket.AF_PACKET, socket.AF_NETLINK, 40):
    try: socket.socket(family, socket.SOCK_STREAM).close(); print(int(family), 'opened')
    except OSError as e: print(int(family), errno.errorcode[e.errno])`,
      ),
    );
    expect(stdout).toBe(
      [
        ...['ptrace', 'bpf', 'unshare', 'clone'].map((name) => `${name} -1 EPERM`),
        ...['clone3 -1 ENOSYS', 'keyctl -1 EPERM', 'mount -1 EPERM'],
        ...['io_uring_setup', 'memfd_create', 'x32 getpid'].map((name) => `${name} -1 ENOSYS`),
        ...['1 opened', '2 opened', '17 EAFNOSUPPORT', '16 EAFNOSUPPORT', '40 EAFNOSUPPORT', ''],
      ].join('\n'),
    );
  });

  it('sees nothing of the host: no files, processes, environment or network', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'canary-'));
    writeFileSync(join(folder, 'file'), 'secret-7f3a');
    const server = createServer((socket) => socket.end('secret-7f3a'));
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    try {
      const result = await run(
        [
          `cat ${folder}/file /etc/shadow /root/../../..${folder}/file /proc/1/root${folder}/file`,
          'cat /proc/[0-9]*/environ /proc/[0-9]*/cmdline | tr "\\0" "\\n"; ls / /root /home /var /sys /mnt /work 2>/dev/null',
          `(echo x > /dev/tcp/127.0.0.1/${port}) && echo CONNECTED`,
          'ls /proc | grep -c "^[0-9]"; cat /proc/net/dev | wc -l',
        ].join('\n'),
      );
      expect(JSON.stringify(result)).not.toMatch(/secret-7f3a|CONNECTED|root:x|NODE_|unshare|bubblewrap-worker/);
      // The shell, what it just started, and nothing else; of network devices only the loopback.
      expect(result.stdout).toMatch(/\n[1-4]\n3\n$/);
      expect(result.stdout.split('\n')).not.toContain('work');
    } finally {
      server.close();
      rmSync(folder, { recursive: true });
    }
  });

  it('cannot write to the system, nor through it', async () => {
    const { stdout } = await run(
      'for p in /usr/x /bin/x /lib/x /proc/sys/kernel/hostname /dev/x /run/session/command /etc/passwd /proc/sysrq-trigger; do (echo x >> $p) 2>/dev/null && echo "WROTE $p"; done; echo done',
    );
    expect(stdout).toBe('done\n');
  });

  it('cannot lead the system astray with links and renames where it is mounted', async () => {
    const [, second] = await all([
      'mv /etc /root/old; ln -s /oldroot/tmp /etc; mv /run /root/run; ln -s / /run; mv /tmp /root/t; ln -s /usr /tmp; echo $?',
      'id -un; ls -ld /etc /run /tmp | cut -c1; echo ok > /tmp/x; cat /tmp/x',
    ]);
    expect(second).toMatchObject({ stdout: 'user\nd\nd\nd\nok\n', outcome: 'ok' });
  });
});

describe('resources', () => {
  /** In the arguments of each hog, and of no other process of this machine. */
  const HOG = `hog-${process.pid}`;
  // A step at a time, so that a watch that comes late on a busy machine still comes in time.
  const HOGS = Array.from(
    { length: 8 },
    () =>
      `python3 -c "import time; x = []; [(x.append(bytearray(50_000_000)), time.sleep(0.3)) for _ in range(12)]" ${HOG} &`,
  ).join('\n');

  const hogMb = (): number =>
    readdirSync('/proc')
      .filter((pid) => /^\d+$/.test(pid))
      .map((pid) => {
        try {
          return readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes(HOG) ? residentMb(Number(pid)) : 0;
        } catch {
          // It ended while we looked.
          return 0;
        }
      })
      .reduce((sum, mb) => sum + mb, 0);

  /** Most memory that the hogs held at a time, in MB. */
  const peakOf = async (one: BubblewrapProvider, command: string): Promise<{ peak: number; result: CommandResult }> => {
    await using box = await one.open(SPEC);
    let peak = 0;
    const timer = setInterval(() => {
      peak = Math.max(peak, hogMb());
    }, 20);
    const result = await box.session.exec(command);
    clearInterval(timer);
    return { peak, result };
  };

  it.each([
    ['with a control group', true, 1_500],
    ['with a watch on resident memory', false, 3_300],
  ])('8 x 600 MB stay near the limit %s', async (_name, controlGroups, most) => {
    await using one = bubblewrapSandbox({ workers: 1, controlGroups });
    await one.probe();
    const { peak, result } = await peakOf(one, `${HOGS}\nwait; echo alive`);
    // Without a limit it would be 4,800.
    expect(peak).toBeLessThan(most);
    expect(peak).toBeGreaterThan(600);
    if (!controlGroups)
      expect(result).toMatchObject({ outcome: 'shell-died', limit: 'memoryBytes', stderr: 'Killed\n' });
    expect((await run('echo next')).stdout).toBe('next\n');
  });

  it.each([true, false])(
    'a fork bomb stays below the number of processes, control group: %s',
    async (controlGroups) => {
      await using one = bubblewrapSandbox({ workers: 1, controlGroups });
      await using box = await one.open(SPEC);
      const bomb =
        'import os, time\nmade = 0\ntry:\n    while os.fork(): made += 1\n    time.sleep(9)\nexcept OSError: print(made)';
      const { stdout } = await box.session.exec(py(bomb));
      expect(Number(stdout)).toBeGreaterThan(64);
      expect(Number(stdout)).toBeLessThan(128);
      expect((await box.session.exec('echo next')).stdout).toBe('next\n');
    },
  );

  it('disk, shared memory and pipes to nowhere are limited', async () => {
    const result = await run(
      [
        'head -c 100M /dev/zero > a 2>/dev/null; head -c 100M /dev/zero > /dev/shm/b 2>/dev/null; head -c 100M /dev/zero > /dev/c 2>/dev/null',
        'cat a /dev/shm/b /dev/c 2>/dev/null | wc -c; rm -f a /dev/shm/b',
        'i=0; while touch /tmp/{1..500}-$i 2>/dev/null; do i=$((i+1)); done; ls /tmp | wc -l; rm -r /tmp/*',
      ].join('\n'),
      { limits: { commandMs: 60_000, diskBytes: 2_000_000 } },
    );
    const [bytes, files] = result.stdout.split('\n').map(Number);
    expect(bytes).toBeGreaterThan(1_500_000);
    expect(bytes).toBeLessThanOrEqual(2_000_000);
    expect(files).toBeGreaterThan(7_000);
    expect(files).toBeLessThan(8_000);
  });
});

describe('what it says of itself', () => {
  it('a fake of the listing changes nothing that it could not change anyway', async () => {
    const [first, second] = await all([
      'echo \'declare -x KEPT="real"\'; echo \'{"exit-code": 0}\'; echo "# end"; printf \'declare -x PWD="/usr"\\n# end\\n\' > /run/session/end; export KEPT=yes; exit 9',
      'pwd; echo $KEPT',
    ]);
    expect(first).toMatchObject({ exitCode: 9, cwd: '/root', outcome: 'ok' });
    expect(second?.stdout).toBe('/root\nyes\n');
  });

  it.each([
    ['a replaced shell', 'cd /tmp; exec bash -c "exit 3"', 3],
    ['rubbish for a listing', "cd /tmp; exec bash -c 'head -c 3M /dev/urandom > /run/session/end; exit 3'", 3],
    [
      'a listing that fills its file system',
      "cd /tmp; exec bash -c 'head -c 100M /dev/zero > /run/session/end; exit 3'",
      3,
    ],
    ['a shell that cannot write', 'set -r; exit 3', 3],
    ['closed descriptors', 'for f in {0..255}; do eval "exec $f>&-"; done; exit 3', 3],
  ])('%s loses its own variables and nothing else', async (_name, command, exitCode) => {
    const [first, second] = await all([`export LOST=1; ${command}`, 'echo next; cat score.txt']);
    expect(first).toMatchObject({ exitCode, outcome: 'ok' });
    expect(second).toMatchObject({ stdout: 'next\n0\n', stderr: '', exitCode: 0 });
  });

  it.each([
    ['readonly variables', 'readonly HOME PATH OLDPWD IFS FUNCNEST'],
    [
      'PROMPT_COMMAND, BASH_ENV and ENV',
      'export PROMPT_COMMAND="echo P" BASH_ENV=/root/e ENV=/root/e; echo "echo E" > /root/e',
    ],
    ['the loader’s variables', 'export LD_PRELOAD=/root/evil.so LD_LIBRARY_PATH=/root GCONV_PATH=/root'],
    ['options', 'set -euvxfnC; shopt -s extdebug'],
    ['traps of signals', 'trap "echo no" DEBUG ERR RETURN INT; trap "echo bye" EXIT'],
    [
      'functions over builtins',
      'declare() { :; }; builtin() { :; }; printf() { :; }; eval() { :; }; export -f declare builtin printf eval',
    ],
    ['an empty environment', 'unset PATH HOME LANG USER; IFS=x'],
    ['a large environment', 'export BIG=$(head -c 200000 /dev/zero | tr "\\0" x); export SMALL=1'],
    ['names that collide', '_shell_trap="echo T"; _shell_save() { echo S; }'],
  ])('%s do not reach the next command', async (_name, command) => {
    const results = await all([command, 'PATH=/usr/bin:/bin; echo next; cat /root/score.txt']);
    const text = results[1]?.stdout ?? '';
    expect(text).toBe('next\n0\n');
    expect(results[1]?.exitCode).toBe(0);
  });
});

describe('files as they are when nothing runs any more', () => {
  it('a daemon that is left behind writes nothing after its command', async () => {
    // Without emptying the file first: its command may end at any moment.
    const daemon =
      'setsid nohup bash -c \'trap "" HUP TERM; while :; do echo 1 1<> /root/score.txt; sleep 0.01; done\' > /dev/null 2>&1 & disown';
    await inside(async (box) => {
      const first = await box.session.exec(`${daemon}; until grep -q 1 score.txt; do sleep 0.01; done; echo started`);
      expect(first.changes.map((change) => change.after?.content?.data)).toEqual(['1\n']);
      const second = await box.session.exec(
        'echo 0 > /root/score.txt; sleep 0.3; cat score.txt; ps aux 2>/dev/null | grep -c "[n]ohup"',
      );
      expect(second.stdout).toMatch(/^0\n/);
      const files = await box.files();
      await new Promise((resolve) => {
        setTimeout(resolve, 200);
      });
      expect((await box.files()).get('/root/score.txt')?.sha256).toBe(files.get('/root/score.txt')?.sha256);
    });
  });

  it('follows no link, waits for no fifo, and opens no device', async () => {
    const result = await run(
      'ln -s /etc/shadow s; ln -s /proc/self/root r; ln -s / d; mkfifo f; python3 -c "import socket; socket.socket(socket.AF_UNIX).bind(\'u\')"; rm score.txt; ln -s /proc/kmsg score.txt; mkdir x; ln -s .. x/up',
    );
    expect(result.changes.map(({ path, after }) => [path, after?.kind ?? null, after?.content?.data ?? null])).toEqual([
      ['/root/d', 'symlink', '/'],
      ['/root/r', 'symlink', '/proc/self/root'],
      ['/root/s', 'symlink', '/etc/shadow'],
      ['/root/score.txt', 'symlink', '/proc/kmsg'],
      ['/root/x', 'directory', ''],
      ['/root/x/up', 'symlink', '..'],
    ]);
  });

  it('undoes files of holes, and folders too deep for a name, and says so', async () => {
    const sparse = await run('echo x > kept; for i in 1 2 3; do truncate -s 7M hole$i; done');
    expect(sparse).toMatchObject({
      outcome: 'limit',
      limit: 'diskBytes',
      changes: [],
      stderr: expect.stringMatching(/undone/),
    });
    const deep = await run(py("import os\nfor _ in range(3000):\n    os.mkdir('d'); os.chdir('d')"));
    expect(deep).toMatchObject({ outcome: 'limit', limit: 'pathBytes', changes: [] });
  });

  it('leaves nothing on the disk for the next sandbox, however it was left', async () => {
    await using one = bubblewrapSandbox({ workers: 1 });
    const mess = [
      'mkdir -p x/y; chmod 0 x/y x; touch /dev/shm/kept; mkfifo f; echo secret > s',
      'touch {1..2000}; echo secret > /dev/shm/kept',
      py("import os\nfor _ in range(300):\n    os.mkdir('d' * 200); os.chdir('d' * 200)"),
      'head -c 7M /dev/zero > big; truncate -s 7M hole hole2',
    ];
    for (const command of mess) {
      await using box = await one.open(SPEC);
      await box.session.exec(command);
      await using next = await one.open({ ...SPEC, files: [] });
      const { stdout } = await next.session.exec(
        'find / -xdev -newer /etc/passwd -type f; ls -A /root /tmp /dev/shm; df -i / | tail -1 | awk "{ print (\\$3 < 40) }"',
      );
      expect(stdout).toBe('/dev/shm:\n\n/root:\n\n/tmp:\n1\n');
    }
  });

  it('makes no more room by many small files and long links, command after command', async () => {
    await inside(
      async (box) => {
        for (let step = 0; step < 4; step += 1) {
          const many = `import glob, os
try:
    for i in range(400):
        open('s${step}-%d' % i, 'w').write('x')
        os.symlink('l' * 200, 'l${step}-%d' % i)
except OSError: pass
for f in glob.glob('s${step - 1}-*'): os.remove(f)`;
          const result = await box.session.exec(py(many));
          expect(result.outcome).not.toBe('sandbox-lost');
        }
        const grow = `import glob
for f in [*glob.glob('s*'), 'big']:
    try: open(f, 'wb').write(bytes(4096 if f != 'big' else 900_000))
    except OSError: pass`;
        const grown = await box.session.exec(py(grow));
        expect(grown.outcome).not.toBe('sandbox-lost');
        const total = [...(await box.files()).values()].reduce((sum, one) => sum + one.bytes, 0);
        // What the targets of links take is not theirs to fill.
        expect(total).toBeLessThanOrEqual(1_100_000 * 1.25 + 65_536 + 1_600 * 200);
        expect((await box.session.exec('echo next')).stdout).toBe('next\n');
      },
      { limits: { commandMs: 60_000, diskBytes: 1_100_000 } },
    );
  });

  it('keeps any name that is text', async () => {
    const names = [' ', '-rf', 'a\nb', '*', '"', '\u202e', 'é', '__proto__', 'a'.repeat(255)];
    const command = py(`for n in ${JSON.stringify(names)}: open(n, 'w').write(n)\nopen(b'\\xff', 'w').write('x')`);
    const [first, second] = await all([command, 'ls | wc -l; cat -- -rf "é"']);
    expect(new Set(first?.changes.map(({ path }) => path))).toEqual(new Set(names.map((name) => `/root/${name}`)));
    // One more line for the name of two lines; that with a byte of no text is gone.
    expect(second?.stdout).toBe(`${names.length + 2}\n-rfé`);
  });

  it('reads what the guest has closed to itself, and keeps modes', async () => {
    const [first, second] = await all([
      'mkdir -p c/d; echo x > c/d/f; chmod 0 c/d/f; chmod 0 c/d c; chmod 6751 score.txt',
      'chmod 700 c; chmod 700 c/d; stat -c "%a %n" c/d/f score.txt; chmod 600 c/d/f; cat c/d/f',
    ]);
    expect(first?.changes.map(({ path, after }) => [path, after?.mode])).toEqual([
      ['/root/c', 0],
      ['/root/c/d', 0],
      ['/root/c/d/f', 0],
      ['/root/score.txt', 0o6751],
    ]);
    expect(second?.stdout).toBe('0 c/d/f\n6751 score.txt\nx\n');
  });

  it('git works over several commands', async () => {
    const results = await all([
      'git init -q . && git config user.email a@b && git config user.name a && git add -A && git commit -qm one && echo 1 > score.txt',
      'git status --short; git diff --stat | tail -1; git log --oneline | wc -l; git stash -q; cat score.txt',
    ]);
    expect(results[1]).toMatchObject({
      stdout: ' M score.txt\n 1 file changed, 1 insertion(+), 1 deletion(-)\n1\n0\n',
      exitCode: 0,
    });
  });
});

describe('afterwards', () => {
  const groups = (): string[] =>
    ['memory', 'pids', ''].flatMap((folder) => {
      try {
        return readdirSync(join('/sys/fs/cgroup', folder), 'utf8').filter((name) =>
          name.startsWith(`subterfuge-${process.pid}-`),
        );
      } catch {
        // No such hierarchy on this machine.
        return [];
      }
    });
  /** Seconds to sleep that no other process of this machine sleeps. */
  const markOf = (number: number): string => `98765.${number}${process.pid}`;
  const running = (mark: string): string[] =>
    execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' })
      .split('\n')
      .filter((line) => line.includes(mark));

  it('nothing is left: no process, group, mount or folder', async () => {
    const before = groups().length;
    const mark = markOf(25);
    const one = bubblewrapSandbox({ workers: 2 });
    const box = await one.open(SPEC);
    const pending = box.session.exec(`setsid sleep ${mark} & sleep ${mark}`, { timeoutMs: 60_000 });
    while (running(`sleep ${mark}`).length < 1) await new Promise((resolve) => setTimeout(resolve, 20));
    await Promise.all([box[Symbol.asyncDispose](), one[Symbol.asyncDispose]()]);
    expect(await pending).toMatchObject({ exitCode: null });
    await expect.poll(() => running(`sleep ${mark}`), { timeout: 30_000 }).toEqual([]);
    await expect.poll(() => groups().length, { timeout: 30_000 }).toBe(before);
    expect(readFileSync('/proc/self/mounts', 'utf8')).not.toMatch(/\/mnt\/disk/);
    expect(readdirSync('/mnt')).not.toContain('disk');
  });

  it('nothing runs on where the host was killed', async () => {
    const mark = markOf(75);
    const script = `import { bubblewrapSandbox } from '${join(import.meta.dirname, '../../src/sandbox/bubblewrap.ts')}';
const box = await bubblewrapSandbox({ workers: 1 }).open({ files: [], cwd: '/tmp', seed: '', limits: { commandMs: 60_000 } });
await box.session.exec('setsid sleep ${mark} & sleep ${mark}');`;
    const host = spawn(process.execPath, ['--input-type=module-typescript', '-e', script], { stdio: 'ignore' });
    await expect
      .poll(() => running(`sleep ${mark}`).filter((line) => line.startsWith('sleep')).length, { timeout: 60_000 })
      .toBe(2);
    host.kill('SIGKILL');
    await expect.poll(() => running(`sleep ${mark}`), { timeout: 30_000 }).toEqual([]);
  });

  it('says why it cannot run, and what to do', async () => {
    await using none = bubblewrapSandbox({ bwrap: '/nowhere/bwrap' });
    expect(await none.probe()).toEqual({
      ok: false,
      reason: '/nowhere/bwrap is not installed: apt-get install bubblewrap',
    });
    await expect(none.open(SPEC)).rejects.toThrow(/--sandbox simulated/);
    await using good = bubblewrapSandbox({ workers: 1 });
    expect(await good.probe()).toMatchObject({ ok: true, detail: expect.stringMatching(/Python 3.*git version/) });
    await expect(good.open({ ...SPEC, files: [{ path: '/usr/x', text: '', mode: 0o644 }] })).rejects.toThrow(/system/);
  });

  it('works for an ordinary user as well', () => {
    if (process.getuid?.() !== 0) return;
    const script = `import { bubblewrapSandbox } from '${join(import.meta.dirname, '../../src/sandbox/bubblewrap.ts')}';
await using one = bubblewrapSandbox({ workers: 1 });
const probed = await one.probe();
await using box = await one.open({ files: [{ path: '/root/a', text: 'a', mode: 0 }], cwd: '/root', seed: '' });
const result = await box.session.exec('id -u; chmod 0 /tmp; mkdir c; chmod 0 c; cat a');
console.log(JSON.stringify([probed.ok ? probed.ok : probed, result.stdout, result.exitCode, result.changes.map((one) => one.path)]));`;
    const node = [
      '--reuid',
      '65534',
      '--regid',
      '65534',
      '--clear-groups',
      process.execPath,
      '--input-type=module-typescript',
    ];
    const out = execFileSync('setpriv', [...node, '-e', script], {
      encoding: 'utf8',
      cwd: '/',
      env: { PATH: '/usr/bin:/bin' },
    });
    expect(JSON.parse(out)).toEqual([true, '1000\n', 1, ['/root/c']]);
  });
});
