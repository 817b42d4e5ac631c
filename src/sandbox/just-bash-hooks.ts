import { Bash, InMemoryFs, parse } from 'just-bash';
import { GuestFsError, shellMessage } from './guest-errors.ts';
import { guestPython } from './guest-python.ts';
import { nowRunning } from './running.ts';

/**
 * Things that just-bash does not offer. It loses cwd and environment when a command ends in `exit`; it rejects,
 * ending the whole script, when the file system refuses a redirect; it lets `cd` leak out of pipes; it has no `trap`;
 * it runs Python scripts as bash. All are mended on its interpreter class, which is caught once per worker while an instance is built. Loading fails if a later just-bash
 * has another shape.
 */
export interface ShellState {
  cwd: string;
  previousDir: string;
  readonly env: Map<string, string>;
  readonly exportedVars: ReadonlySet<string>;
}

interface Interpreter {
  readonly ctx: { readonly state: ShellState };
  executeScript(this: Interpreter, script: unknown): Promise<unknown>;
  executeCommand(this: Interpreter, ...args: unknown[]): Promise<unknown>;
  executePipeline(this: Interpreter, pipeline: { readonly commands: readonly unknown[] }): Promise<unknown>;
  executeUserScript(this: Interpreter, path: string, args: readonly string[], stdin?: string): Promise<unknown>;
}

const PYTHON_SHEBANG = /^#!.*\bpython3?\s*$/;

const firstLine = (path: string): string => {
  try {
    return Buffer.from(nowRunning().fs.readSync(path).subarray(0, 128)).toString('latin1').split('\n')[0] ?? '';
  } catch (thrown) {
    if (thrown instanceof GuestFsError) return '';
    throw thrown;
  }
};

export interface Hooks {
  /** `onError` sees what ends any script of this command, nested ones too; `prepare` the state before the outermost. */
  begin(onError: (thrown: unknown) => void, prepare: (state: ShellState) => void): void;
  /** The state that the outermost script left, or null where none ran (a syntax error). */
  end(): ShellState | null;
}

const METHODS = ['executeScript', 'executeCommand', 'executePipeline', 'executeUserScript'];

const isInterpreter = (value: unknown): value is Interpreter =>
  typeof value === 'object' && value !== null && METHODS.every((method) => method in value);

/** just-bash builds its interpreter before its first await, and binds its methods while doing so. */
const interpreterClass = (): Interpreter => {
  const { bind } = Function.prototype;
  let caught: Interpreter | null = null;
  Function.prototype.bind = function (this: (...args: unknown[]) => unknown, self: unknown, ...rest: unknown[]) {
    if (isInterpreter(self)) caught = self;
    return Reflect.apply(bind, this, [self, ...rest]);
  };
  try {
    void new Bash({ fs: new InMemoryFs(), cwd: '/', defenseInDepth: false }).exec('true');
  } finally {
    Function.prototype.bind = bind;
  }
  const found = caught as Interpreter | null;
  if (found === null) throw new Error('just-bash has changed: its interpreter was not found (just-bash-hooks.ts)');
  return Object.getPrototypeOf(found) as Interpreter;
};

interface Output {
  stdout: string;
  stderr: string;
}

const isOutput = (value: unknown): value is Output =>
  typeof value === 'object' && value !== null && 'stdout' in value && 'stderr' in value;

/** Runs what `trap` keeps for EXIT when the script is over, in the shell that ran it, and leaves the exit code alone. */
const withExitTrap = async (perform: (script: unknown) => Promise<unknown>, script: unknown): Promise<unknown> => {
  let ended: unknown;
  let thrown = false;
  try {
    ended = await perform(script);
  } catch (error) {
    ended = error;
    thrown = true;
  }
  const run = nowRunning();
  const code = run.exitTrap;
  if (code !== null && isOutput(ended) && run.limit === null && !run.timedOut) {
    run.exitTrap = null;
    try {
      append(ended, await perform(parse(code)));
    } catch (error) {
      // An `exit` inside the trap, for one: it decides how the shell ends.
      if (isOutput(error)) {
        error.stdout = ended.stdout + error.stdout;
        error.stderr = ended.stderr + error.stderr;
        throw error;
      }
      if (error instanceof Error && error.name === 'ParseException')
        append(ended, { stdout: '', stderr: `bash: trap: ${error.message}\n` });
      else throw error;
    }
  }
  if (thrown) throw ended;
  return ended;
};

const append = (to: Output, from: unknown): void => {
  if (!isOutput(from)) return;
  to.stdout += from.stdout;
  to.stderr += from.stderr;
};

let hooks: Hooks | null = null;

export const hookInterpreter = (): Hooks => {
  if (hooks !== null) return hooks;
  const prototype = interpreterClass();
  const { executeScript, executeCommand, executePipeline, executeUserScript } = prototype;
  let outermost: Interpreter | null = null;
  let onError: (thrown: unknown) => void = () => {};
  let prepare: (state: ShellState) => void = () => {};
  prototype.executeScript = async function (script) {
    const isOutermost = outermost === null;
    if (isOutermost) {
      outermost = this;
      prepare(this.ctx.state);
    }
    const perform = (part: unknown): Promise<unknown> => Reflect.apply(executeScript, this, [part]);
    try {
      return isOutermost ? await withExitTrap(perform, script) : await perform(script);
    } catch (thrown) {
      onError(thrown);
      throw thrown;
    }
  };
  prototype.executeCommand = async function (...args) {
    try {
      return await Reflect.apply(executeCommand, this, args);
    } catch (thrown) {
      if (!(thrown instanceof GuestFsError)) throw thrown;
      return { stdout: '', stderr: `bash: ${shellMessage(thrown, this.ctx.state.cwd)}\n`, exitCode: 1 };
    }
  };
  // The parts of a pipe are subshells; just-bash restores their variables but not their working directory.
  prototype.executePipeline = async function (pipeline) {
    const { state } = this.ctx;
    const { cwd } = state;
    try {
      return await Reflect.apply(executePipeline, this, [pipeline]);
    } finally {
      if (pipeline.commands.length > 1) state.cwd = cwd;
    }
  };
  // just-bash runs every script as bash, whatever its first line says.
  prototype.executeUserScript = async function (path, args, stdin) {
    if (!PYTHON_SHEBANG.test(firstLine(path))) return Reflect.apply(executeUserScript, this, [path, args, stdin]);
    const { env, exportedVars, cwd } = this.ctx.state;
    const exported = [...env].filter(([name]) => exportedVars.has(name));
    return guestPython({ args: [path, ...args], cwd, env: new Map(exported), stdin: stdin ?? '' });
  };
  hooks = {
    begin: (seeError, prepareState) => {
      outermost = null;
      onError = seeError;
      prepare = prepareState;
    },
    end: () => outermost?.ctx.state ?? null,
  };
  return hooks;
};
