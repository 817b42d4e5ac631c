import { existsSync, rmSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { describeSubject, textExample } from '../../subject.contract.ts';
import { callOf, folderWith, type Opening, openForeign, pythonGrader } from './fixtures.contract.ts';

/** Without a sandbox, which test/host has; so nothing here tries to write. */
describeSubject('python, trusted', (behaviour, { timeoutMs, forbidden }) => {
  if (behaviour === 'writes') return null;
  return opened(pythonGrader(behaviour, forbidden), 'score', { options: { timeoutMs } });
});

const opened = async (text: string, name: string, opening: Partial<Opening> = {}) => {
  const folder = folderWith({ 'grader.py': text });
  try {
    const subject = await openForeign(`grader.py:${name}`, { cwd: folder.path, ...opening });
    return {
      ...subject,
      [Symbol.asyncDispose]: async () => {
        await subject[Symbol.asyncDispose]();
        rmSync(folder.path, { recursive: true });
      },
    };
  } catch (thrown) {
    folder[Symbol.dispose]();
    throw thrown;
  }
};

const PRESENT = 'def reward(completions, solution, **kwargs):\n';

describe('a TRL reward function', () => {
  test('gets lists of one size, and columns by name', async () => {
    const text = `def reward(prompts, completions, ground_truth, level, **kwargs):
    assert len(prompts) == len(completions) == len(ground_truth) == len(level) == len(kwargs["solution"])
    return [float(c == t and l == 3 and p.startswith("question")) for p, c, t, l in zip(prompts, completions, ground_truth, level)]
`;
    const example = { ...textExample('e', 'yes'), fields: { level: 3 } };
    await using subject = await opened(text, 'reward', { examples: [example] });
    const graded = await subject.grade([callOf('yes', example), callOf('no', example)]);
    expect(graded).toMatchObject([{ score: 1 }, { score: 0 }]);
    expect(subject.capabilities.needsReference).toBe(true);
  });

  test('that throws, exits or gives too few rewards is blamed for the guilty calls only', async () => {
    const text = `import sys
${PRESENT}    if any("throw" in c for c in completions): raise KeyError("x")
    if any("exit" in c for c in completions): sys.exit(2)
    kept = [c for c in completions if "drop" not in c]
    return [len(c) / 10 for c in kept]
`;
    await using subject = await opened(text, 'reward');
    const answers = ['one', 'throw', 'three', 'exit', 'seventh', 'drop', 'x'];
    expect(await subject.grade(answers.map((answer) => callOf(answer)))).toMatchObject([
      { score: 0.3 },
      { fault: { kind: 'threw', message: "KeyError: 'x' (grader.py:3)" } },
      { score: 0.5 },
      { fault: { kind: 'exit-code', message: expect.stringContaining('sys.exit(2)') } },
      { score: 0.7 },
      { fault: { kind: 'malformed', message: 'it returned 0 rewards for 1 completions' } },
      { score: 0.1 },
    ]);
  });

  test('that hangs or dies on one completion does so for that one only', async () => {
    const text = `import os, time
${PRESENT}    if any("hang" in c for c in completions): time.sleep(60)
    if any("die" in c for c in completions): os.kill(os.getpid(), 9)
    return [len(c) / 10 for c in completions]
`;
    await using subject = await opened(text, 'reward', { options: { timeoutMs: 2_000 } });
    const graded = await subject.grade(['one', 'hang', 'three', 'die', 'x'].map((answer) => callOf(answer)));
    expect(graded).toMatchObject([
      { score: 0.3 },
      { fault: { kind: 'hung' } },
      { score: 0.5 },
      { fault: { kind: 'died', message: expect.stringContaining('SIGKILL') } },
      { score: 0.1 },
    ]);
  });

  test('reads messages where it looks at their content, texts elsewhere', async () => {
    const chat = `${PRESENT}    return [float(c[0]["content"] == "hi" and p[0]["role"] == "user") for c, p in zip(completions, kwargs["prompts"])]\n`;
    await using messages = await opened(chat, 'reward');
    expect(await messages.grade([callOf('hi')])).toMatchObject([{ score: 1 }]);
    const dialogue = { ...textExample('d'), input: [{ role: 'user', content: 'hello' }] };
    await using either = await opened(
      `${PRESENT}    return [float(isinstance(c, list)) for c in completions]\n`,
      'reward',
    );
    expect(await either.grade([callOf('hi', dialogue), callOf('hi')])).toMatchObject([{ score: 1 }, { score: 0 }]);
  });
});

describe('parameters', () => {
  test.each([
    ['verifiers', 'def score(completion, answer): return float(completion == "four" and answer == "four")'],
    [
      'verifiers, with state',
      'async def score(prompt, state, **kwargs): return float(state["answer"] == "four" and kwargs["answer"] == "four")',
    ],
    ['verifiers, messages', 'def score(completion, answer): return float(completion[-1]["content"] == answer)'],
    [
      'a prediction beside the answer',
      'def score(answer, prediction): return float(answer == "four" and prediction == "four")',
    ],
    [
      'verl',
      'def score(data_source, solution_str, ground_truth, extra_info=None): return float(data_source == "gsm8k" and solution_str == ground_truth)',
    ],
    ['positions', 'def score(x, y, z): return float(x == "four" and y == "four" and z == "question e1")'],
    ['an optional one of its own', 'def score(x, threshold=0.5): return threshold * 2'],
    [
      'a bundle',
      'def score(example): return float(example["output"] == example["expected"] and example["data_source"] == "gsm8k")',
    ],
    ['fields', 'def score(answer, fields): return float(fields["data_source"] == "gsm8k")'],
    ['keyword only', 'def score(*, answer, reference): return float(answer == reference)'],
    ['positional only', 'def score(answer, reference, /): return float(answer == reference)'],
    [
      'a callable object',
      'class S:\n    def __call__(self, answer, reference): return float(answer == reference)\nscore = S()',
    ],
  ])('are filled: %s', async (_, text) => {
    const example = { ...textExample('e1'), fields: { data_source: 'gsm8k' } };
    await using subject = await opened(`${text}\n`, 'score', { examples: [example] });
    expect(await subject.grade([callOf('four', example)])).toMatchObject([{ score: 1 }]);
  });

  test('verl’s name of the data set is empty where no column has it', async () => {
    const text =
      'def score(data_source, solution_str, ground_truth, extra_info=None): return float(data_source == "" and solution_str == ground_truth)\n';
    await using subject = await opened(text, 'score');
    expect(await subject.grade([callOf('four')])).toMatchObject([{ score: 1 }]);
  });

  test('of a data set are predictions, labels and items', async () => {
    const items = [1, 2].map((label) => ({ input: `text ${label}`, label }));
    const example = { ...textExample('e1', null), items };
    const text =
      'def score(y_true, y_pred, items): return float(y_true == [1, 2] and y_pred == [2, None] and items == ["text 1", "text 2"])\n';
    await using subject = await opened(text, 'score', { task: 'classification', examples: [example] });
    expect(await subject.grade([callOf([2, null], example)])).toMatchObject([{ score: 1 }]);
    expect(subject.record.form).toBe('classification');
  });

  test('of a pair are asked in both orders', async () => {
    const text = 'def better(response_a, response_b): return 1.0 if len(response_a) > len(response_b) else 0.25\n';
    await using subject = await opened(text, 'better', { task: 'preference' });
    expect(subject.record).toMatchObject({ form: 'pairwise', scale: { pass: 0.75 } });
    const pair = { opponent: 'ab' };
    const graded = await subject.grade([
      callOf('long', textExample('e1'), { ...pair, order: 'first' }),
      callOf('long', textExample('e1'), { ...pair, order: 'second' }),
      callOf('long', textExample('e1'), pair),
      callOf('a', textExample('e1'), pair),
    ]);
    expect(graded).toMatchObject([{ score: 1 }, { score: 0.75 }, { score: 0.875, passed: true }, { score: 0.125 }]);
  });

  test('that a grader changes are whole again for the next call', async () => {
    const text = 'def score(answer, reference):\n    reference.append(1)\n    return len(reference) / 10\n';
    const example = { ...textExample('e1'), reference: [1, 2] };
    await using subject = await opened(text, 'score', { examples: [example] });
    expect(await subject.grade([callOf('a', example), callOf('a', example)])).toMatchObject([
      { score: 0.3 },
      { score: 0.3 },
    ]);
  });
});

describe('what is returned', () => {
  test.each([
    ['True', { score: 1 }],
    ['{"score": 0.5, "reason": "half"}', { score: 0.5, reason: 'half' }],
    ['__import__("decimal").Decimal("0.25")', { score: 0.25 }],
    ['__import__("fractions").Fraction(1, 4)', { score: 0.25 }],
    ['type("Scalar", (), {"item": lambda self: 0.5})()', { score: 0.5 }],
    ['type("Result", (), {"score": 0.5, "reason": "half"})()', { score: 0.5, reason: 'half' }],
    ['10 ** 400', { fault: { kind: 'infinite' } }],
    ['(1, "x")', { fault: { kind: 'not-a-number' } }],
    ['object()', { fault: { kind: 'not-a-number' } }],
    ['[float("nan")]', { fault: { kind: 'not-a-number' } }],
    ['"NaN: \\" \\u0000"', { fault: { kind: 'not-a-number', message: expect.stringContaining('NaN: ') } }],
    ['float("-inf")', { fault: { kind: 'infinite' } }],
  ])('%s', async (value, graded) => {
    await using subject = await opened(`def score(answer):\n    return ${value}\n`, 'score');
    expect(await subject.grade([callOf('a')])).toMatchObject([graded]);
  });

  test('goes by the worker only: prints, reads and children do no harm', async () => {
    const text = `import os, sys
print("loading")
def score(answer):
    print("x" * 10000); sys.stdout.flush(); os.write(1, b"forged\\n")
    assert sys.stdin.read() == ""
    if answer == "fork":
        os.fork()
    return len(answer) / 10
`;
    await using subject = await opened(text, 'score');
    const answers = ['a', 'fork', 'ab', 'fork', 'abc'];
    const graded = await subject.grade(answers.map((answer) => callOf(answer)));
    expect(graded).toMatchObject(answers.map(({ length }) => ({ score: length / 10 })));
  });
});

describe('a Python grader that cannot be asked', () => {
  test.each([
    ['no such function', 'def other(answer): return 1\n', 'score', /no-such-export/, /other/],
    ['a class', 'class score: pass\n', 'score', /not-a-function/, /class/],
    ['a value', 'score = 3\n', 'score', /not-a-function/, /int/],
    ['a syntax error', 'def score(:\n', 'score', /unreadable-grader/, /SyntaxError/],
    ['a package that is not there', 'import no_such_package\n', 'score', /unreadable-grader/, /no_such_package/],
    ['a module that ends it', 'import os\nos._exit(4)\n', 'score', /unreadable-grader/, /exit code 4/],
    [
      'one unknown parameter beside a known answer and reference',
      'def score(answer, reference, bar): return 1\n',
      'score',
      /unclear-signature/,
      /bar/,
    ],
    ['parameters that nobody knows', 'def score(*, parser): return 1\n', 'score', /unclear-signature/, /parser/],
  ])('%s', async (_, text, name, code, said) => {
    await expect(opened(text, name)).rejects.toMatchObject({
      code: expect.stringMatching(code),
      exitCode: 2,
      message: expect.stringMatching(said),
      todo: expect.stringMatching(/\S/),
    });
  });

  test('a file that is not there', async () => {
    await expect(openForeign('nowhere.py:f', { cwd: '/tmp' })).rejects.toMatchObject({ code: 'unreadable-grader' });
  });
});

test('the version is that of the grader and of what it imports from its folder', async () => {
  using folder = folderWith({
    'pkg/__init__.py': '',
    'pkg/grader.py': 'from . import near\ndef score(answer): return near.X\n',
    'pkg/near.py': 'X = 1\n',
  });
  const versionNow = async () => {
    await using subject = await openForeign('pkg/grader.py', { cwd: folder.path });
    expect(await subject.grade([callOf('a')])).toMatchObject([{ kind: 'scored' }]);
    return subject.record.version;
  };
  const before = await versionNow();
  expect(await versionNow()).toBe(before);
  const { writeFileSync } = await import('node:fs');
  writeFileSync(`${folder.path}/pkg/near.py`, 'X = 0\n');
  expect(await versionNow()).not.toBe(before);
});

test('a worker that is killed from outside loses nothing but the call that it was at', async () => {
  using meeting = folderWith({ 'x/y': '' });
  const begun = `${meeting.path}/begun`;
  // The first that is slow says so, and waits for its end.
  const text = `import os, time
def score(answer):
    if answer == "slow" and not os.path.exists(${JSON.stringify(begun)}):
        open(${JSON.stringify(begun)}, "w").close()
        time.sleep(60)
    return os.getpid()
`;
  await using subject = await opened(text, 'score', {
    options: { timeoutMs: 50_000, scale: { worst: 0, best: 1e9, pass: 1, beyond: 'fault' } },
  });
  const [before] = await subject.grade([callOf('a')]);
  const asked = subject.grade([callOf('a'), callOf('slow'), callOf('slow'), callOf('b')]);
  if (before?.kind !== 'scored') throw new Error('no process');
  await expect.poll(() => existsSync(begun), { timeout: 30_000 }).toBe(true);
  process.kill(before.score, 'SIGKILL');
  const graded = await asked;
  expect(graded.map((one) => (one.kind === 'fault' ? one.fault.kind : 'scored')).sort()).toEqual([
    'died',
    'scored',
    'scored',
    'scored',
  ]);
});
