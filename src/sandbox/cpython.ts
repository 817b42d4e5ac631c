import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { monotonicMs } from './guest-clock.ts';
import { withPlainBuild } from './python-build.ts';
import { storedZip } from './stored-zip.ts';
import { type WasmImports, type WasmInstance, type WasmMemory, type WasmModule, webAssembly } from './webassembly.ts';

/**
 * CPython 3.13 in WebAssembly, as just-bash ships it, run straight from its Emscripten build: one fresh interpreter per
 * run, in this thread, with the guest's files at their own paths. just-bash's `python3` command re-indents source,
 * mounts the files elsewhere and starts a thread per call; none of that happens here, so source, imports, tracebacks
 * and exit codes are CPython's own.
 */
export interface EmscriptenNode {
  readonly mode: number;
  readonly mtime: number;
  readonly usedBytes: number;
  readonly link?: string;
  /** Bytes of a file; children of a folder by name. */
  contents: unknown;
}

export interface EmscriptenFs {
  mkdirTree(path: string, mode?: number): void;
  writeFile(path: string, data: Uint8Array, options?: { readonly canOwn?: boolean }): void;
  chmod(path: string, mode: number): void;
  utime(path: string, atimeMs: number, mtimeMs: number): void;
  symlink(target: string, path: string): void;
  chdir(path: string): void;
  lookupPath(path: string, options: { readonly follow: boolean }): { readonly node: EmscriptenNode };
  getPath(node: EmscriptenNode): string;
  init(stdin: () => number | null, stdout: (byte: number | null) => void, stderr: (byte: number | null) => void): void;
  readonly ErrnoError: new (errno: number) => Error;
  readonly filesystems: { readonly MEMFS: Memfs };
  rmdir(path: string): void;
  unlink(path: string): void;
  createDevice(folder: string, name: string, read: () => number): void;
  mayOpen(node: EmscriptenNode, flags: number): number;
  mayCreate(folder: EmscriptenNode, name: string): number;
  mayDelete(folder: EmscriptenNode, name: string, isFolder: boolean): number;
  rename(from: string, to: string): void;
  doTruncate(stream: unknown, node: EmscriptenNode, length: number): void;
}

interface Memfs {
  createNode(parent: unknown, name: string, mode: number, device: number): EmscriptenNode;
  expandFileStorage(node: EmscriptenNode, capacity: number): void;
  resizeFileStorage(node: EmscriptenNode, size: number): void;
}

interface EmscriptenModule {
  readonly _Py_EMSCRIPTEN_SIGNAL_HANDLING: number;
  readonly FS: EmscriptenFs;
  readonly ENV: Record<string, string | undefined>;
  callMain(args: readonly string[]): number;
}

type Factory = (options: Record<string, unknown>) => Promise<EmscriptenModule>;

const PROGRAM = '/usr/bin/python3';
const STDLIB = '/usr/lib/python313.zip';
const ENOSPC = 51;
const SIGINT = 2;
export const NODE_TYPE = 0o170_000;
const NODE_FOLDER = 0o040_000;
const TICK_MS = 0.05;

export interface Loaded {
  readonly create: Factory;
  readonly module: WasmModule;
  readonly stdlib: Uint8Array;
}

let loaded: Loaded | null = null;

/** Reads and compiles the interpreter, once per process: 0.2 s. */
export const loadPython = (): Loaded => {
  if (loaded !== null) return loaded;
  const require = createRequire(import.meta.url);
  // The package exports no path to its CPython, so it is found beside its entry file.
  const folder = join(dirname(require.resolve('just-bash')), '..', '..', 'vendor', 'cpython-emscripten');
  loaded = {
    create: require(join(folder, 'python.cjs')) as Factory,
    module: new webAssembly.Module(withPlainBuild(readFileSync(join(folder, 'python.wasm')))),
    stdlib: storedZip(readFileSync(join(folder, 'python313.zip'))),
  };
  return loaded;
};

export interface PythonRun {
  /** What follows `python3`. */
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: ReadonlyMap<string, string>;
  readonly stdin: Uint8Array;
  readonly outputBytes: number;
  readonly memoryBytes: number;
  /** Bytes that may be added to the files. */
  readonly freeBytes: number;
  /** The clock that the guest reads; it stands still. */
  readonly clockMs: number;
  readonly random: () => number;
  /** On the monotonic clock. From here on KeyboardInterrupt is raised in the guest. */
  readonly deadlineMs: number;
  readonly prepare: (fs: EmscriptenFs) => void;
  /** Reads back what the guest left; called whatever the outcome was. */
  readonly finish: (fs: EmscriptenFs, system: ReadonlySet<EmscriptenNode>) => void;
}

export interface PythonRan {
  readonly exitCode: number;
  readonly stdout: Uint8Array;
  readonly stderr: Uint8Array;
  readonly limit: string | null;
  readonly interrupted: boolean;
}

interface Collector {
  readonly push: (byte: number | null) => void;
  readonly bytes: () => Uint8Array;
  readonly overflowed: () => boolean;
}

const collector = (cap: number): Collector => {
  let buffer = new Uint8Array(4_096);
  let length = 0;
  let overflowed = false;
  return {
    push: (byte) => {
      if (byte === null) return;
      if (length >= cap) {
        overflowed = true;
        // Emscripten turns it into an I/O error of the guest.
        throw new Error('output is full');
      }
      if (length === buffer.length) {
        const grown = new Uint8Array(buffer.length * 2);
        grown.set(buffer);
        buffer = grown;
      }
      buffer[length] = byte;
      length += 1;
    },
    bytes: () => buffer.slice(0, length),
    overflowed: () => overflowed,
  };
};

export const runPython = async (run: PythonRun): Promise<PythonRan> => {
  const { create, module, stdlib } = loadPython();
  const stdout = collector(run.outputBytes);
  const stderr = collector(run.outputBytes);
  let stdinAt = 0;
  let interrupted = false;
  const overflowed = (): boolean => stdout.overflowed() || stderr.overflowed();
  const signals = {
    get 0(): number {
      if (overflowed()) return SIGINT;
      if (monotonicMs() < run.deadlineMs) return 0;
      interrupted = true;
      return SIGINT;
    },
    set 0(_value: number) {
      // CPython clears the slot after reading it.
    },
  };
  const system = new Set<EmscriptenNode>();
  let memory: WasmMemory | null = null;
  const python = await create({
    noInitialRun: true,
    thisProgram: PROGRAM,
    // What Emscripten itself says, of a crash for one.
    print: () => undefined,
    printErr: () => undefined,
    Py_EmscriptenSignalBuffer: signals,
    instantiateWasm: (imports: WasmImports, ready: (instance: WasmInstance, module: WasmModule) => void) => {
      const instance: WasmInstance = new webAssembly.Instance(
        module,
        pinned(imports, run, () => memoryOf(instance)),
      );
      memory = memoryOf(instance);
      ready(instance, module);
      return instance.exports;
    },
    preRun: [
      (made: EmscriptenModule) => {
        const { FS, ENV } = made;
        FS.init(
          () => {
            const byte = run.stdin[stdinAt];
            stdinAt += 1;
            return byte ?? null;
          },
          stdout.push,
          stderr.push,
        );
        buildSystem(FS, stdlib, run.random);
        for (const node of nodesOf(FS)) system.add(node);
        run.prepare(FS);
        for (const name of Object.keys(ENV)) delete ENV[name];
        for (const [name, value] of run.env) if (!name.startsWith('PYTHON')) ENV[name] = value;
        // Emscripten fills in what is absent; what is undefined it leaves out.
        for (const name of ['USER', 'LOGNAME', 'PWD', 'LANG', 'HOME', 'PATH']) ENV[name] = run.env.get(name);
        Object.assign(ENV, { PYTHONHASHSEED: '0', PYTHONDONTWRITEBYTECODE: '1', _: PROGRAM });
      },
    ],
  });
  limitDisk(python.FS, run.freeBytes);
  python.FS.mkdirTree(run.cwd);
  python.FS.chdir(run.cwd);
  if (memory !== null) enableSignals(memory, python);
  let exitCode = 1;
  try {
    exitCode = python.callMain(run.args);
  } catch (thrown) {
    exitCode = statusOf(thrown);
  }
  process.exitCode = undefined;
  run.finish(python.FS, system);
  return {
    exitCode,
    stdout: stdout.bytes(),
    stderr: stderr.bytes(),
    limit: overflowed() ? 'output_size' : null,
    interrupted,
  };
};

/** Emscripten ends a program by throwing its status; anything else is a crash of the interpreter: a native one dies of SIGABRT. */
const statusOf = (thrown: unknown): number => {
  const status = typeof thrown === 'object' && thrown !== null ? Reflect.get(thrown, 'status') : null;
  return typeof status === 'number' ? status & 0xff : 134;
};

const memoryOf = (instance: WasmInstance): WasmMemory => {
  const memory = Object.values(instance.exports).find((value) => value instanceof webAssembly.Memory);
  if (!(memory instanceof webAssembly.Memory)) throw new Error('this CPython exports no memory');
  return memory;
};

/** Makes CPython look at `Py_EmscriptenSignalBuffer` every few dozen bytecodes. */
const enableSignals = (memory: WasmMemory, python: EmscriptenModule): void =>
  new DataView(memory.buffer).setInt32(python._Py_EMSCRIPTEN_SIGNAL_HANDLING, 1, true);

/** What a program finds beside its own files, none of it the host's. */
const buildSystem = (fs: EmscriptenFs, stdlib: Uint8Array, random: () => number): void => {
  plainFolders(fs);
  for (const path of ['/home/web_user', '/home']) fs.rmdir(path);
  for (const name of ['random', 'urandom']) {
    fs.unlink(`/dev/${name}`);
    fs.createDevice('/dev', name, () => Math.floor(random() * 256));
  }
  for (const path of ['/tmp', '/root', '/usr/bin', '/usr/lib/python3.13/lib-dynload']) fs.mkdirTree(path);
  fs.writeFile(PROGRAM, new Uint8Array(0));
  fs.writeFile(STDLIB, stdlib, { canOwn: true });
  for (const path of [STDLIB, PROGRAM, '/usr/lib/python3.13', '/usr/lib', '/usr/bin', '/usr']) fs.chmod(path, 0o555);
};

/** MEMFS keeps a folder's children in a plain object, where a file called `__proto__` would become its prototype. */
const plainFolders = (fs: EmscriptenFs): void => {
  const { MEMFS } = fs.filesystems;
  const { createNode } = MEMFS;
  MEMFS.createNode = (parent, name, mode, device) => {
    const node = createNode(parent, name, mode, device);
    if (isFolder(node)) node.contents = Object.assign(Object.create(null), node.contents);
    return node;
  };
};

export const isFolder = (node: EmscriptenNode): boolean => (node.mode & NODE_TYPE) === NODE_FOLDER;

const nodesOf = (fs: EmscriptenFs): EmscriptenNode[] => {
  const out: EmscriptenNode[] = [];
  const walk = (node: EmscriptenNode): void => {
    out.push(node);
    if ((node.mode & NODE_TYPE) === NODE_FOLDER && !out.slice(0, -1).includes(node))
      for (const child of Object.values(node.contents as Record<string, EmscriptenNode>)) walk(child);
  };
  walk(fs.lookupPath('/', { follow: true }).node);
  return out;
};

/** The host functions that CPython may call, with clock, random numbers and memory pinned. */
const pinned = (imports: WasmImports, run: PythonRun, memory: () => WasmMemory): WasmImports => {
  const env = { ...imports.env };
  const wasi = { ...imports.wasi_snapshot_preview1 };
  const grow = env.emscripten_resize_heap as ((bytes: number) => unknown) | undefined;
  env.emscripten_resize_heap = (bytes: number) => (bytes >>> 0 > run.memoryBytes ? 0 : (grow?.(bytes) ?? 0));
  // Emscripten sleeps by reading the clock until it is late enough, so each reading moves the clock a little.
  let ticks = 0;
  const elapsedMs = (): number => {
    ticks += 1;
    return ticks * TICK_MS;
  };
  env.emscripten_date_now = () => run.clockMs + elapsedMs();
  env.emscripten_get_now = elapsedMs;
  wasi.clock_time_get = (clock: number, ...rest: number[]) => {
    const ms = (clock === 0 ? run.clockMs : 0) + elapsedMs();
    new DataView(memory().buffer).setBigUint64((rest.at(-1) ?? 0) >>> 0, BigInt(Math.round(ms * 1e6)), true);
    return 0;
  };
  wasi.random_get = (at: number, length: number) => {
    const bytes = new Uint8Array(memory().buffer, at >>> 0, length >>> 0);
    for (let i = 0; i < bytes.length; i++) bytes[i] = Math.floor(run.random() * 256);
    return 0;
  };
  return { ...imports, env, wasi_snapshot_preview1: wasi };
};

/** MEMFS has no quota of its own. */
const limitDisk = (fs: EmscriptenFs, freeBytes: number): void => {
  const memfs = fs.filesystems.MEMFS;
  let free = freeBytes;
  const { expandFileStorage, resizeFileStorage } = memfs;
  memfs.expandFileStorage = (node, capacity) => {
    const before = capacityOf(node);
    if (capacity - before > free) throw new fs.ErrnoError(ENOSPC);
    expandFileStorage(node, capacity);
    free -= capacityOf(node) - before;
  };
  memfs.resizeFileStorage = (node, size) => {
    if (size - node.usedBytes > free) throw new fs.ErrnoError(ENOSPC);
    free -= size - node.usedBytes;
    resizeFileStorage(node, size);
  };
};

const capacityOf = (node: EmscriptenNode): number => (ArrayBuffer.isView(node.contents) ? node.contents.byteLength : 0);
