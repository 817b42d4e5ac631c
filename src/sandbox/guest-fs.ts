import {
  type ByteString,
  type CpOptions,
  type FileContent,
  type FsStat,
  type IFileSystem,
  type MkdirOptions,
  type RmOptions,
  unsafeBytesFromLatin1,
} from 'just-bash';
import type { DeniedWrite } from '../record/rollout.ts';
import { GuestFsError, Refusals } from './guest-errors.ts';
import { directory, file, type Inode, type InodeDirectory, symlink } from './guest-inode.ts';
import { type Found, lookup, may } from './guest-lookup.ts';

type DirentEntry = Awaited<ReturnType<NonNullable<IFileSystem['readdirWithFileTypes']>>>[number];
type Encoding = Parameters<IFileSystem['writeFile']>[2];

export interface GuestFsOptions {
  readonly root: InodeDirectory;
  readonly diskBytes: number;
  /** The time that new and changed files get. */
  readonly nowMs: () => number;
}

/**
 * The guest's file system: an inode tree that enforces permission bits as they bind a user who owns every file that is
 * not the system's. What they refuse is kept in `refusals`. All work is synchronous; the async methods are what just-bash
 * calls, the sync ones what CPython uses. Content is never changed in place, so states can share it.
 */
export class GuestFs implements IFileSystem {
  readonly refusals: Refusals = new Refusals();
  readonly root: InodeDirectory;
  readonly diskBytes: number;
  /** Every inode counts, so that empty files cannot fill the memory either. */
  readonly maxInodes: number;
  usedBytes = 0;
  inodes = 0;
  readonly #nowMs: () => number;

  constructor(options: GuestFsOptions) {
    this.root = options.root;
    this.diskBytes = options.diskBytes;
    this.maxInodes = Math.max(1_024, Math.ceil(options.diskBytes / 256));
    this.#nowMs = options.nowMs;
  }

  // ---- lookup

  lookup(path: string, follow: boolean, verb: string): Found {
    return lookup(this.root, path, follow, verb, () => this.#bar(path, verb));
  }

  existing(path: string, follow: boolean, verb: string): Found & { readonly inode: Inode } {
    const found = this.lookup(path, follow, verb);
    if (found.inode === undefined) throw new GuestFsError('ENOENT', verb, path);
    return { ...found, inode: found.inode };
  }

  // ---- synchronous core

  readSync(path: string): Uint8Array {
    const { inode } = this.existing(path, true, 'open');
    if (inode.kind !== 'file') throw new GuestFsError('EISDIR', 'read', path);
    if (!may(inode, 'r')) this.#bar(path, 'open');
    return inode.bytes;
  }

  writeSync(path: string, bytes: Uint8Array, append = false): void {
    const found = this.lookup(path, true, 'open');
    const { inode } = found;
    if (inode === undefined) {
      this.#addTo(found, path, file(bytes, 0o644, this.#nowMs()));
      return;
    }
    if (inode.kind !== 'file') throw new GuestFsError('EISDIR', 'open', path);
    if (inode.device) return;
    if (!may(inode, 'w')) this.#deny('write', found.path, path, 'open');
    const next = append ? joined(inode.bytes, bytes) : bytes;
    this.#charge(next.length - inode.bytes.length, path);
    inode.bytes = next;
    inode.mtimeMs = this.#nowMs();
  }

  mkdirSyncAt(path: string, recursive: boolean): void {
    const found = recursive ? this.#missingParents(path) : this.lookup(path, true, 'mkdir');
    if (found.inode !== undefined) {
      if (recursive && found.inode.kind === 'directory') return;
      throw new GuestFsError('EEXIST', 'mkdir', path);
    }
    this.#addTo(found, path, directory(0o755, this.#nowMs()));
  }

  removeSync(path: string, recursive: boolean): void {
    const found = this.existing(path, false, 'rm');
    if (found.inode.kind === 'directory') {
      if (!recursive && found.inode.children.size > 0) throw new GuestFsError('ENOTEMPTY', 'rm', path);
      for (const name of [...found.inode.children.keys()]) this.removeSync(`${found.path}/${name}`, true);
    }
    this.#unlink(found, path, 'delete');
  }

  renameSync(from: string, to: string): void {
    const source = this.existing(from, false, 'rename');
    const target = this.lookup(to, false, 'rename');
    if (target.inode === source.inode) return;
    if (`${target.path}/`.startsWith(`${source.path}/`)) throw new GuestFsError('EINVAL', 'rename', from);
    if (source.inode.system || !may(source.parent, 'w')) this.#deny('rename', source.path, from, 'rename');
    if (target.inode?.system === true || !may(target.parent, 'w')) this.#deny('rename', target.path, to, 'rename');
    if (target.inode !== undefined) {
      if (target.inode.kind === 'directory') {
        if (source.inode.kind !== 'directory') throw new GuestFsError('EISDIR', 'rename', to);
        if (target.inode.children.size > 0) throw new GuestFsError('ENOTEMPTY', 'rename', to);
      } else if (source.inode.kind === 'directory') throw new GuestFsError('ENOTDIR', 'rename', to);
      this.#release(target.inode);
    }
    source.parent.children.delete(source.name);
    target.parent.children.set(target.name, source.inode);
    this.#touch(source.parent);
    this.#touch(target.parent);
  }

  chmodSync(path: string, mode: number): void {
    const found = this.existing(path, true, 'chmod');
    if (found.inode.system) this.#deny('chmod', found.path, path, 'chmod');
    found.inode.mode = mode & 0o7777;
  }

  symlinkSync(target: string, path: string): void {
    const found = this.lookup(path, false, 'symlink');
    if (found.inode !== undefined) throw new GuestFsError('EEXIST', 'symlink', path);
    this.#addTo(found, path, symlink(target, this.#nowMs()));
  }

  statOf(inode: Inode): FsStat {
    return {
      isFile: inode.kind === 'file',
      isDirectory: inode.kind === 'directory',
      isSymbolicLink: inode.kind === 'symlink',
      mode: inode.mode,
      size: inode.kind === 'file' ? inode.bytes.length : inode.kind === 'symlink' ? inode.target.length : 4_096,
      mtime: new Date(inode.mtimeMs),
      dev: 1,
      ino: inode.number,
      identity: `guest:${inode.number}`,
    };
  }

  // ---- what just-bash calls

  async readFile(path: string, options?: Encoding): Promise<string> {
    return text(this.readSync(path), options);
  }

  async readFileBytes(path: string): Promise<ByteString> {
    return unsafeBytesFromLatin1(Buffer.from(this.readSync(path)).toString('latin1'));
  }

  async readFileBuffer(path: string): Promise<Uint8Array> {
    return this.readSync(path);
  }

  async writeFile(path: string, content: FileContent, options?: Encoding): Promise<void> {
    this.writeSync(path, bytesOf(content, options));
  }

  async appendFile(path: string, content: FileContent, options?: Encoding): Promise<void> {
    this.writeSync(path, bytesOf(content, options), true);
  }

  async exists(path: string): Promise<boolean> {
    try {
      return this.lookup(path, true, 'access').inode !== undefined;
    } catch (thrown) {
      if (thrown instanceof GuestFsError) return false;
      throw thrown;
    }
  }

  async stat(path: string): Promise<FsStat> {
    return this.statOf(this.existing(path, true, 'stat').inode);
  }

  async lstat(path: string): Promise<FsStat> {
    return this.statOf(this.existing(path, false, 'lstat').inode);
  }

  async mkdir(path: string, options?: MkdirOptions): Promise<void> {
    this.mkdirSyncAt(path, options?.recursive ?? false);
  }

  async readdir(path: string): Promise<string[]> {
    return (await this.readdirWithFileTypes(path)).map((entry) => entry.name);
  }

  async readdirWithFileTypes(path: string): Promise<DirentEntry[]> {
    const { inode } = this.existing(path, true, 'scandir');
    if (inode.kind !== 'directory') throw new GuestFsError('ENOTDIR', 'scandir', path);
    if (!may(inode, 'r')) this.#bar(path, 'scandir');
    return [...inode.children]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, child]) => ({
        name,
        isFile: child.kind === 'file',
        isDirectory: child.kind === 'directory',
        isSymbolicLink: child.kind === 'symlink',
      }));
  }

  async rm(path: string, options?: RmOptions): Promise<void> {
    try {
      this.removeSync(path, options?.recursive ?? false);
    } catch (thrown) {
      if (options?.force === true && thrown instanceof GuestFsError && thrown.code === 'ENOENT') return;
      throw thrown;
    }
  }

  async cp(from: string, to: string, options?: CpOptions): Promise<void> {
    const source = this.existing(from, options?.recursive !== true, 'cp');
    if (source.inode.kind === 'symlink') {
      this.symlinkSync(source.inode.target, to);
      return;
    }
    if (source.inode.kind === 'file') {
      const fresh = this.lookup(to, true, 'cp').inode === undefined;
      this.writeSync(to, this.readSync(from));
      if (fresh) this.existing(to, true, 'cp').inode.mode = source.inode.mode;
      return;
    }
    if (options?.recursive !== true) throw new GuestFsError('EISDIR', 'cp', from);
    const target = this.lookup(to, true, 'cp');
    if (`${target.path}/`.startsWith(`${source.path}/`)) throw new GuestFsError('EINVAL', 'cp', from);
    if (target.inode === undefined) this.mkdirSyncAt(to, false);
    for (const name of [...source.inode.children.keys()])
      await this.cp(`${source.path}/${name}`, `${to}/${name}`, options);
  }

  async mv(from: string, to: string): Promise<void> {
    this.renameSync(from, to);
  }

  resolvePath(base: string, path: string): string {
    const names: string[] = [];
    for (const name of (path.startsWith('/') ? path : `${base}/${path}`).split('/')) {
      if (name === '..') names.pop();
      else if (name !== '' && name !== '.') names.push(name);
    }
    return `/${names.join('/')}`;
  }

  getAllPaths(): string[] {
    const out: string[] = [];
    const walk = (here: InodeDirectory, path: string): void => {
      for (const [name, child] of here.children) {
        out.push(`${path}/${name}`);
        if (child.kind === 'directory') walk(child, `${path}/${name}`);
      }
    };
    walk(this.root, '');
    return ['/', ...out];
  }

  async chmod(path: string, mode: number): Promise<void> {
    this.chmodSync(path, mode);
  }

  async symlink(target: string, path: string): Promise<void> {
    this.symlinkSync(target, path);
  }

  async link(from: string, to: string): Promise<void> {
    const { inode } = this.existing(from, false, 'link');
    if (inode.kind === 'directory') throw new GuestFsError('EPERM', 'link', from);
    const found = this.lookup(to, false, 'link');
    if (found.inode !== undefined) throw new GuestFsError('EEXIST', 'link', to);
    this.#addTo(found, to, inode);
    inode.links += 1;
  }

  async readlink(path: string): Promise<string> {
    const { inode } = this.existing(path, false, 'readlink');
    if (inode.kind !== 'symlink') throw new GuestFsError('EINVAL', 'readlink', path);
    return inode.target;
  }

  async realpath(path: string): Promise<string> {
    return this.existing(path, true, 'realpath').path;
  }

  async utimes(path: string, _atime: Date, mtime: Date): Promise<void> {
    const found = this.existing(path, true, 'utime');
    if (found.inode.system || !may(found.inode, 'w')) this.#deny('write', found.path, path, 'utime');
    found.inode.mtimeMs = mtime.getTime();
  }

  // ---- bookkeeping

  #missingParents(path: string): Found {
    const names = path.split('/').filter((name) => name !== '');
    for (let i = 1; i < names.length; i++) {
      const prefix = `/${names.slice(0, i).join('/')}`;
      const found = this.lookup(prefix, true, 'mkdir');
      if (found.inode === undefined) this.#addTo(found, prefix, directory(0o755, this.#nowMs()));
    }
    return this.lookup(path, true, 'mkdir');
  }

  #addTo(found: Found, shown: string, inode: Inode): void {
    if (!may(found.parent, 'w')) this.#deny('create', found.path, shown, 'open');
    if (this.inodes >= this.maxInodes) throw new GuestFsError('ENOSPC', 'open', shown);
    if (inode.links === 0) {
      this.#charge(inode.kind === 'file' ? inode.bytes.length : 0, shown);
      inode.links = 1;
    }
    this.inodes += 1;
    found.parent.children.set(found.name, inode);
    this.#touch(found.parent);
  }

  #unlink(found: Found & { readonly inode: Inode }, shown: string, operation: 'delete'): void {
    if (found.inode.system || found.path === '/' || !may(found.parent, 'w'))
      this.#deny(operation, found.path, shown, 'unlink');
    found.parent.children.delete(found.name);
    this.#release(found.inode);
    this.#touch(found.parent);
  }

  #release(inode: Inode): void {
    inode.links -= 1;
    this.inodes -= 1;
    if (inode.links <= 0 && inode.kind === 'file') this.usedBytes -= inode.bytes.length;
  }

  #charge(bytes: number, shown: string): void {
    if (bytes > 0 && this.usedBytes + bytes > this.diskBytes) throw new GuestFsError('ENOSPC', 'write', shown);
    this.usedBytes += bytes;
  }

  #touch(inode: InodeDirectory): void {
    if (!inode.system) inode.mtimeMs = this.#nowMs();
  }

  #deny(operation: DeniedWrite['operation'], path: string, shown: string, verb: string): never {
    this.refusals.write({ path, operation });
    throw new GuestFsError('EACCES', verb, shown);
  }

  /** A way or a reading that is barred. */
  #bar(path: string, verb: string): never {
    this.refusals.paths.add(this.resolvePath('/', path));
    throw new GuestFsError('EACCES', verb, path);
  }
}

const joined = (a: Uint8Array, b: Uint8Array): Uint8Array => {
  const out = new Uint8Array(a.length + b.length);
  out.set(a);
  out.set(b, a.length);
  return out;
};

const encodingOf = (options: Encoding): BufferEncoding => {
  const name = typeof options === 'string' ? options : options?.encoding;
  return name === 'binary' ? 'latin1' : (name ?? 'utf8');
};

const bytesOf = (content: FileContent, options: Encoding): Uint8Array =>
  typeof content === 'string' ? Uint8Array.from(Buffer.from(content, encodingOf(options))) : Uint8Array.from(content);

const text = (bytes: Uint8Array, options: Encoding): string => Buffer.from(bytes).toString(encodingOf(options));
