import type { DeniedWrite } from '../record/rollout.ts';

const TEXTS = {
  EACCES: 'Permission denied',
  EEXIST: 'File exists',
  EINVAL: 'Invalid argument',
  EISDIR: 'Is a directory',
  ELOOP: 'Too many levels of symbolic links',
  ENAMETOOLONG: 'File name too long',
  ENOENT: 'No such file or directory',
  ENOSPC: 'No space left on device',
  ENOTDIR: 'Not a directory',
  ENOTEMPTY: 'Directory not empty',
  EPERM: 'Operation not permitted',
} as const;

export type Errno = keyof typeof TEXTS;

/** Codes that just-bash's commands never look for but print: they get a shell's words, the others Node's form. */
const PLAIN: ReadonlySet<Errno> = new Set(['EACCES', 'ENOSPC', 'EPERM', 'EINVAL', 'ENAMETOOLONG', 'ELOOP']);

/** What a system call refused. */
export class GuestFsError extends Error {
  override readonly name = 'GuestFsError';
  readonly code: Errno;
  readonly path: string;

  constructor(code: Errno, verb: string, path: string) {
    super(PLAIN.has(code) ? TEXTS[code] : `${code}: ${TEXTS[code].toLowerCase()}, ${verb} '${path}'`);
    this.code = code;
    this.path = path;
  }

  /** As a shell says it: `Permission denied`. */
  get reason(): string {
    return TEXTS[this.code];
  }
}

/** Every path that permission bits barred. Writes are kept apart, each once, in the order of the attempts. */
export class Refusals {
  readonly writes: DeniedWrite[] = [];
  readonly paths: Set<string> = new Set();

  write(entry: DeniedWrite): void {
    this.paths.add(entry.path);
    if (!this.writes.some((seen) => seen.path === entry.path && seen.operation === entry.operation))
      this.writes.push(entry);
  }
}

/** `path: reason`, with the path as short as the guest would write it. */
export const shellMessage = (error: GuestFsError, cwd: string): string =>
  `${error.path.startsWith(`${cwd}/`) ? error.path.slice(cwd.length + 1) : error.path}: ${error.reason}`;

const NO_SUCH = 'No such file or directory';
const SAID = /^(.*?['" ])?([^\s'":]+)(['"]?): No such file or directory$/gm;

/** just-bash's commands say "No such file or directory" whatever barred them. Mends what they said of barred paths. */
export const mendReasons = (stderr: string, refusals: Refusals, resolve: (path: string) => string): string =>
  refusals.paths.size === 0
    ? stderr
    : stderr.replace(SAID, (line, _before: string | undefined, path: string) =>
        refusals.paths.has(resolve(path)) ? line.slice(0, -NO_SUCH.length) + TEXTS.EACCES : line,
      );
