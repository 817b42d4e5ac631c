import type { FileChange, FileState } from '../record/file.ts';
import type { ToolResult } from '../record/rollout.ts';
import type { TaskFile } from '../record/task.ts';

/** What one command may use. All finite. */
export interface SandboxLimits {
  /** Wall-clock milliseconds for one command. */
  readonly commandMs: number;
  /** Bytes of stdout, and of stderr, kept of one command. */
  readonly outputBytes: number;
  /** Bytes of all files together. */
  readonly diskBytes: number;
}

export const DEFAULT_SANDBOX_LIMITS: SandboxLimits = { commandMs: 5_000, outputBytes: 16_384, diskBytes: 8_388_608 };

export interface SandboxSpec {
  readonly files: readonly TaskFile[];
  /** Working directory of the first command; made if missing. */
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly limits?: Partial<SandboxLimits>;
  /** Names the random stream that the guest sees (`$RANDOM`, awk's `rand`, Python's `random`). */
  readonly seed: string;
}

export type CommandResult = Omit<ToolResult, 'callId'>;

/**
 * What the agent holds: it can run commands and nothing else. cwd and variables persist from command to command,
 * after `exit N` too; shell functions do not. Never rejects on anything that a guest does: time-outs, limits and a dead shell are
 * outcomes. `sandbox-lost` is the one outcome that is not the guest's.
 */
export interface SandboxSession {
  exec(
    command: string,
    options?: { readonly timeoutMs?: number; readonly signal?: AbortSignal },
  ): Promise<CommandResult>;
}

/** What the host holds. Only the owner can look at the files from outside, fork or destroy. */
export interface Sandbox extends AsyncDisposable {
  readonly session: SandboxSession;
  /** Every path, as `lstat` would see it (symlinks are not followed), sorted by path. */
  files(): Promise<ReadonlyMap<string, FileState>>;
  /** Against the files that the sandbox was opened with, sorted by path. */
  diff(): Promise<readonly FileChange[]>;
  /** An independent sandbox that starts from this one's present state. */
  fork(): Promise<Sandbox>;
  /** Idempotent. Nothing of the guest runs afterwards. */
  [Symbol.asyncDispose](): Promise<void>;
}

export interface SandboxCapabilities {
  readonly python: 'none' | 'wasm' | 'native';
  readonly git: boolean;
  readonly enforcesModes: boolean;
  /** Whether a refused write is seen. Where not, `denied` is always empty, and an attempt shows only by what it changed. */
  readonly recordsDenied: boolean;
  /** Whether clock and random numbers are functions of the spec, so that the same commands give the same results. */
  readonly pinned: boolean;
  readonly isolation: 'simulated' | 'namespace' | 'vm';
}

export interface SandboxProvider extends AsyncDisposable {
  readonly name: string;
  readonly capabilities: SandboxCapabilities;
  /** Whether it works on this machine, and if not, why and what to do. */
  probe(): Promise<{ readonly ok: true; readonly detail: string } | { readonly ok: false; readonly reason: string }>;
  open(spec: SandboxSpec): Promise<Sandbox>;
}
