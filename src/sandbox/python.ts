/**
 * Runs a Python program in a sandbox of its own and returns what it printed. This is how graders execute code that a
 * guest has changed: the program returns values, the host compares, and expected values never enter the sandbox.
 */
export interface PythonProgram {
  /** Absolute paths inside the sandbox. Nothing else is there. */
  readonly files: readonly { readonly path: string; readonly text: string }[];
  /** Absolute path of the script; its folder is `sys.path[0]` and the working directory. */
  readonly main: string;
  readonly timeoutMs?: number;
}

export type PythonOutcome =
  | { readonly kind: 'exited'; readonly exitCode: number; readonly stdout: string; readonly stderr: string }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'limit'; readonly limit: string }
  /** The host's loss, not the program's doing. */
  | { readonly kind: 'lost'; readonly message: string };

/** A program is pure (no clock, no network, a fixed hash seed), so outcomes other than `timeout` and `lost` are kept by content hash. */
export interface PythonRunner extends AsyncDisposable {
  readonly name: string;
  run(program: PythonProgram): Promise<PythonOutcome>;
}
