import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { inputError } from '../../../base/errors.ts';

/** The interpreter behind `python3`: a virtual environment that is active, pyenv's choice, or the system's. */
export interface Interpreter {
  /** Never a shim: what `sys.executable` says. */
  readonly executable: string;
  readonly version: string;
  /** Folders that it needs beside /usr: its prefixes, and what its path and its `.pth` files name. */
  readonly reads: readonly string[];
  /** Of PYTHONPATH and the user's own packages, in order: an environment that a sandbox clears. */
  readonly path: readonly string[];
  /** Of `modules` that were asked for, those that it does not find. */
  readonly missing: readonly string[];
}

const answerSchema = z.object({
  executable: z.string().min(1),
  version: z.string(),
  folders: z.array(z.string()),
  path: z.array(z.string()),
  missing: z.array(z.string()),
});

/**
 * Runs isolated (-I), or the working directory, which may be the grader's, could bring a `json.py` of its own into our process. What -I leaves out
 * (PYTHONPATH, the user's packages) is read by hand.
 */
const PROBE = `
import importlib.util, json, os, site, sys
path = [p for p in os.environ.get("PYTHONPATH", "").split(os.pathsep) if p]
if sys.prefix == sys.base_prefix:
    own = site.getusersitepackages()
    if os.path.isdir(own):
        path.append(own)
        site.addsitedir(own)
folders = [sys.prefix, sys.base_prefix, os.path.dirname(sys.executable), os.path.dirname(os.path.realpath(sys.executable))]
folders += [p for p in sys.path + path if os.path.exists(p)]
wanted = sys.argv[1:]
sys.path[0:0] = path
print(json.dumps({
    "executable": sys.executable,
    "version": sys.version.split()[0],
    "folders": [os.path.abspath(p) for p in folders],
    "path": [os.path.abspath(p) for p in path],
    "missing": [m for m in wanted if importlib.util.find_spec(m) is None],
}))
`;
const PROBE_MS = 30_000;

/** A folder of programs is not mounted for itself: its parent may be a home. */
const isProgramFolderOnly = (folder: string, all: readonly string[]): boolean =>
  folder.endsWith('/bin') && all.includes(dirname(folder));

/** Throws `inputError` `python-missing`. Starts the user's own Python and none of the grader's code. */
export const findInterpreter = (cwd: string, modules: readonly string[] = [], name = 'python3'): Interpreter => {
  const probed = spawnSync(name, ['-I', '-c', PROBE, ...modules], { cwd, encoding: 'utf8', timeout: PROBE_MS });
  const answer = answerSchema.safeParse(probed.status === 0 ? jsonOf(probed.stdout) : null);
  if (answer.success) {
    const { folders, ...rest } = answer.data;
    const reads = folders.filter((folder) => existsSync(folder) && !isProgramFolderOnly(folder, folders));
    return { ...rest, reads };
  }
  const said = probed.error === undefined ? probed.stderr.trim().slice(-300) : probed.error.message;
  throw inputError({
    code: 'python-missing',
    what: 'A grader in Python needs a Python interpreter, which could not be started.',
    given: `${name}: ${said === '' ? 'it said nothing' : said}`,
    allowed: 'Python 3.8 or later',
    todo: 'install Python, or activate the virtual environment of the grader first',
  });
};

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    // The caller says what was printed instead.
    return null;
  }
};
