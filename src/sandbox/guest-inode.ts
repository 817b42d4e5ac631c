interface InodeBase {
  readonly number: number;
  mode: number;
  mtimeMs: number;
  /** Names that lead here. */
  links: number;
  /** Made by the simulation, not by the task: never part of a state, and not the guest's to change. */
  readonly system: boolean;
}

export interface InodeFile extends InodeBase {
  readonly kind: 'file';
  bytes: Uint8Array;
  /** Swallows writes. */
  readonly device: boolean;
}

export interface InodeDirectory extends InodeBase {
  readonly kind: 'directory';
  readonly children: Map<string, Inode>;
}

export interface InodeSymlink extends InodeBase {
  readonly kind: 'symlink';
  readonly target: string;
}

export type Inode = InodeFile | InodeDirectory | InodeSymlink;

/** Inode numbers restart with every command, so that nothing the guest can see depends on what ran before. */
const FIRST_OF_COMMAND = 100_000;
let numbers = 1_000;
export const restartInodes = (): void => {
  numbers = FIRST_OF_COMMAND;
};
const next = (): number => {
  numbers += 1;
  return numbers;
};

export const file = (bytes: Uint8Array, mode: number, mtimeMs: number, system = false, device = false): InodeFile => ({
  kind: 'file',
  number: next(),
  mode,
  mtimeMs,
  links: 0,
  system,
  bytes,
  device,
});

export const directory = (
  mode: number,
  mtimeMs: number,
  system = false,
  children: Map<string, Inode> = new Map(),
): InodeDirectory => ({ kind: 'directory', number: next(), mode, mtimeMs, links: 0, system, children });

export const symlink = (target: string, mtimeMs: number): InodeSymlink => ({
  kind: 'symlink',
  number: next(),
  mode: 0o777,
  mtimeMs,
  links: 0,
  system: false,
  target,
});
