import { registerHooks } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * Loads a module as its author's build would: files of the project that it names without an ending, or with `.js` for a `.ts`, are
 * found too. Notes what was loaded, for the version of the grader.
 */
export interface Loading {
  /** Absolute paths. */
  readonly files: readonly string[];
  /** Code of the project that may run in sloppy mode, where writing to a frozen object does nothing and says nothing. */
  readonly isSloppy: boolean;
  readonly namespace: object;
}

const ENDINGS = ['.ts', '.mts', '.js', '.mjs', '.cts', '.cjs', '/index.ts', '/index.js'];

const alternatives = (specifier: string): readonly string[] => {
  const asTypeScript = /\.[cm]?js$/.test(specifier) ? [specifier.replace(/js$/, 'ts')] : [];
  return [...asTypeScript, ...ENDINGS.map((ending) => specifier + ending)];
};

export const loadModule = async (file: string): Promise<Loading> => {
  const files = new Set<string>();
  let isSloppy = false;
  registerHooks({
    resolve: (specifier, context, next) => {
      try {
        return next(specifier, context);
      } catch (thrown) {
        if (!/^\.{1,2}\//.test(specifier)) throw thrown;
        for (const other of alternatives(specifier)) {
          try {
            return next(other, context);
          } catch {
            // Another ending may fit; if none does, the error of the author's own spelling is thrown below.
          }
        }
        throw thrown;
      }
    },
    load: (url, context, next) => {
      const loaded = next(url, context);
      if (url.startsWith('file:')) {
        files.add(fileURLToPath(url));
        if (!url.includes('/node_modules/') && loaded.format?.startsWith('commonjs') === true) isSloppy = true;
      }
      return loaded;
    },
  });
  const namespace: object = await import(pathToFileURL(file).href);
  return { files: [...files], isSloppy, namespace };
};
