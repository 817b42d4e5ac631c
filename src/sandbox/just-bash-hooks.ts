import { Bash, InMemoryFs } from 'just-bash';
import { GuestFsError, shellMessage } from './guest-errors.ts';
import { guestPython } from './guest-python.ts';
import { nowRunning } from './running.ts';

/**
 * Things that just-bash does not offer. It loses cwd and environment when a command ends in `exit`; it rejects,
 * ending the whole script, when the file system refuses a redirect; it lets `cd` leak out of pipes; it runs Python
 * scripts as bash. All are mended on its interpreter class, which is caught once per worker while an instance is built. Loading fails if a later just-bash
 * has another shape.
 */
export interface ShellState {
  cwd: string;
  readonly env: ReadonlyMap<string, string>;
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
  /** `onError` sees what ends any script of this command, nested ones too. */
  begin(onError: (thrown: unknown) => void): void;
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

let hooks: Hooks | null = null;

export const hookInterpreter = (): Hooks => {
  if (hooks !== null) return hooks;
  const prototype = interpreterClass();
  const { executeScript, executeCommand, executePipeline, executeUserScript } = prototype;
  let outermost: Interpreter | null = null;
  let onError: (thrown: unknown) => void = () => {};
  prototype.executeScript = async function (script) {
    outermost ??= this;
    try {
      return await Reflect.apply(executeScript, this, [script]);
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
    begin: (seeError) => {
      outermost = null;
      onError = seeError;
    },
    end: () => outermost?.ctx.state ?? null,
  };
  return hooks;
};
