import { rmSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { describeSubject, textExample } from '../../subject.contract.ts';
import type { Subject } from '../../subject.ts';
import { callOf, commandGrader, folderWith, type Opening, openForeign } from './fixtures.contract.ts';

const opened = async (text: string, opening: Partial<Opening> = {}) => {
  const folder = folderWith({ 'grader.py': text });
  const subject = await openForeign('cmd:python3 grader.py', { cwd: folder.path, ...opening });
  return {
    ...subject,
    [Symbol.asyncDispose]: async () => {
      await subject[Symbol.asyncDispose]();
      rmSync(folder.path, { recursive: true });
    },
  };
};

/** Without a sandbox, which test/host has; so nothing here tries to write. */
describe.each([
  ['that flushes each reply', true],
  ['that keeps its replies to the end', false],
] as const)('a command %s', (name, flush) => {
  describeSubject(`command, ${name}`, (behaviour, { timeoutMs, forbidden }) => {
    if (behaviour === 'writes') return null;
    return opened(commandGrader(behaviour, forbidden, flush), { options: { timeoutMs } });
  });
});

const LOOP = 'import json, sys\ncalls = [json.loads(line) for line in sys.stdin]\n';

describe('a command', () => {
  test('is shown the call and no known answer', async () => {
    const example = { ...textExample('e1'), knownGood: ['secret'], knownBad: ['secret too'], fields: { level: 3 } };
    await using subject = await opened(
      `${LOOP}for c in calls: print(json.dumps({"id": c["id"], "score": 1, "reason": json.dumps(c, sort_keys=True)}))\n`,
    );
    const [graded] = await subject.grade([callOf('mine', example)]);
    const reason: unknown = graded?.kind === 'scored' ? JSON.parse(graded.reason ?? '') : null;
    expect(reason).toEqual({
      ...{ id: '0', input: 'question e1', answer: 'mine', reference: 'four' },
      ...{ opponent: null, items: null, options: null, fields: { level: 3 } },
    });
  });

  test('may answer in any order, log in between, and say that it failed', async () => {
    await using subject = await opened(`${LOOP}print("loading", "{")
for c in reversed(calls):
    print(json.dumps({"step": 1}))
    print(json.dumps({"id": int(c["id"]), "error": "cannot read it"} if c["answer"] == "x" else {"id": c["id"], "score": len(c["answer"]) / 10}))
`);
    const graded = await subject.grade(['a', 'x', 'abc'].map((answer) => callOf(answer)));
    expect(graded).toMatchObject([
      { score: 0.1 },
      { fault: { kind: 'threw', message: 'cannot read it' } },
      { score: 0.3 },
    ]);
  });

  test.each([
    ['says nothing', '', 'no-score', /without a reply/],
    ['says something else', 'print("done")\n', 'malformed', /done/],
    ['exits', 'print("why", file=sys.stderr)\nsys.exit(7)\n', 'exit-code', /exit code 7: why/],
    ['is killed', 'import os\nos.kill(os.getpid(), 11)\n', 'died', /signal 11|SIGSEGV/],
    ['never ends its line', 'while True: sys.stdout.write("x" * 65536)\n', 'limit', /longer|more than/],
    ['floods with lines', 'while True: print("x" * 65536)\n', 'limit', /no replies/],
  ])('that %s is named so', async (_, body, kind, said) => {
    await using subject = await opened(`${LOOP}${body}`, { options: { timeoutMs: 20_000 } });
    expect(await subject.grade([callOf('a')])).toMatchObject([
      { fault: { kind, message: expect.stringMatching(said) } },
    ]);
  });

  test('that has answered stays answered, whatever its exit code', async () => {
    await using subject = await opened(
      `${LOOP}for c in calls: print(json.dumps({"id": c["id"], "score": 1}))\nsys.exit(1)\n`,
    );
    expect(await subject.grade([callOf('a'), callOf('b')])).toMatchObject([{ score: 1 }, { score: 1 }]);
  });

  const STREAM = `import json, os, sys
for n, line in enumerate(sys.stdin):
    c = json.loads(line)
    print(json.dumps({"id": c["id"], "score": 1, "reason": f"{os.getpid()} {n}"}), flush=True)
`;
  const rounds = async (subject: Subject, count: number, size = 3): Promise<(string | null)[]> => {
    const said: (string | null)[] = [];
    for (let round = 0; round < count; round++) {
      const graded = await subject.grade(Array.from({ length: size }, (_, i) => callOf(`${round} ${i}`)));
      for (const one of graded) said.push(one.kind === 'scored' ? one.reason : one.fault.kind);
    }
    return said;
  };
  const processesOf = (said: readonly (string | null)[]): number => new Set(said.map((one) => one?.split(' ')[0])).size;

  test('that answers line by line is started once, and once more to find that out', async () => {
    await using subject = await opened(STREAM);
    const said = await rounds(subject, 6);
    expect(said).toHaveLength(18);
    expect(said).not.toContain('no-score');
    expect(processesOf(said)).toBe(2);
  });

  test('that keeps its output back, or waits for the end of its input, is started for each batch', async () => {
    // In a buffer of its own: an environment may have turned Python's off.
    await using buffered = await opened(
      STREAM.replace('import json, os, sys\n', 'import json, os, sys\nsys.stdout = open(1, "w", 65536)\n').replace(
        ', flush=True',
        '',
      ),
    );
    expect(processesOf(await rounds(buffered, 4))).toBe(4);
    await using waits = await opened(
      `${LOOP}import os\nfor c in calls: print(json.dumps({"id": c["id"], "score": 1, "reason": str(os.getpid())}))\n`,
    );
    expect(processesOf(await rounds(waits, 4))).toBe(4);
  });

  test('that serves so many lines and ends is started again, and no call is lost', async () => {
    await using subject = await opened(`${STREAM}    if n == 6: sys.exit(0)\n`);
    const said = await rounds(subject, 6);
    expect(said.every((one) => /^\d+ \d+$/.test(one ?? ''))).toBe(true);
    expect(processesOf(said)).toBeGreaterThan(2);
  });

  test('that answers twice does not answer the next batch', async () => {
    await using subject = await opened(`${STREAM}    print(json.dumps({"id": c["id"], "score": 0}), flush=True)\n`);
    expect(await rounds(subject, 5)).not.toContain(null);
  });

  test('that dies over a call is replaced, and the call alone is blamed', async () => {
    await using subject = await opened(
      STREAM.replace('    print', '    if c["answer"] == "die": os._exit(9)\n    print'),
    );
    await rounds(subject, 3);
    const graded = await subject.grade(['a', 'die', 'b'].map((answer) => callOf(answer)));
    expect(graded).toMatchObject([{ score: 1 }, { fault: { kind: 'exit-code' } }, { score: 1 }]);
  });

  test('that hangs on everything is not asked for ever', async () => {
    await using subject = await opened('import time\ntime.sleep(60)\n', { options: { timeoutMs: 300 } });
    expect(new Set(await rounds(subject, 1, 40))).toEqual(new Set(['hung', 'not-asked']));
  });

  test('that is not there is bad input', async () => {
    await expect(openForeign('cmd:no-such-command --x', { cwd: '/tmp' })).rejects.toMatchObject({
      code: 'unreadable-grader',
      exitCode: 2,
    });
    await expect(openForeign('cmd: ', { cwd: '/tmp' })).rejects.toMatchObject({ code: 'unreadable-grader' });
  });

  test('has the version of the files that it names', async () => {
    using folder = folderWith({ 'grader.py': 'pass\n' });
    const versionNow = async (): Promise<string> => {
      await using subject = await openForeign('cmd:python3 grader.py --strict', { cwd: folder.path });
      return subject.record.version;
    };
    const before = await versionNow();
    expect(await versionNow()).toBe(before);
    writeFileSync(`${folder.path}/grader.py`, 'print(1)\n');
    expect(await versionNow()).not.toBe(before);
  });
});
