import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { folderWith } from './fixtures.contract.ts';
import { isWithin } from './paths.ts';
import { findInterpreter } from './python-interpreter.ts';
import { checkSandbox } from './sandbox-check.ts';

describe('the interpreter of a Python grader', () => {
  test('is none of the shims, and what it needs is named', () => {
    const found = findInterpreter('/', ['json', 'no_such_package']);
    const executable = spawnSync('python3', ['-I', '-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' });
    expect(found.executable).toBe(executable.stdout.trim());
    expect(found.version).toMatch(/^3\.\d+\.\d+/);
    expect([...found.reads, '/usr'].some((folder) => isWithin(found.executable, folder))).toBe(true);
    expect(found.missing).toEqual(['no_such_package']);
  });

  test('is that of a virtual environment, with the one below it', () => {
    using folder = folderWith({ 'x/y': '' });
    const venv = `${folder.path}/venv`;
    expect(spawnSync('python3', ['-m', 'venv', '--without-pip', venv]).status).toBe(0);
    const base = findInterpreter('/');
    const found = findInterpreter('/', [], `${venv}/bin/python3`);
    expect(found.executable).toBe(`${venv}/bin/python3`);
    expect(found.reads).toContain(venv);
    expect([...found.reads, '/usr'].some((read) => isWithin(base.executable, read))).toBe(true);
  });

  test('runs nothing of the working directory', () => {
    using folder = folderWith({ 'json.py': 'raise SystemExit("ran")\n', 'site.py': 'raise SystemExit("ran")\n' });
    expect(findInterpreter(folder.path).version).toMatch(/^3\./);
  });

  test.each(['/nowhere/python3', '/bin/false', '/bin/echo'])('that is none (%s) is bad input', (name) => {
    expect(() => findInterpreter('/', [], name)).toThrow(
      expect.objectContaining({ code: 'python-missing', exitCode: 2, given: expect.stringContaining(name) }),
    );
  });
});

test('a machine without bubblewrap is told what to do', async () => {
  const around = { reads: [], cwd: '/', path: [], env: {}, workFolder: null };
  await expect(checkSandbox({ ...around, bwrap: '/nowhere/bwrap' })).rejects.toMatchObject({
    code: 'sandbox-missing',
    exitCode: 2,
    todo: expect.stringMatching(/install bubblewrap.*--trust/),
  });
  await expect(checkSandbox({ ...around, reads: ['/'] })).rejects.toMatchObject({ code: 'unreadable-grader' });
});
