/**
 * What CPython says of how it was built (`sys.version`, `os.uname()`), as a usual build says it. Texts of the module's
 * data are written over in place; the rest of each is filled with zeros, which end a text in C.
 */
const TEXTS: readonly (readonly [given: string, said: string])[] = [
  ['tags/v3.13.2-dirty', 'tags/v3.13.2'],
  ['Mar  5 2026', 'Feb  4 2025'],
  ['[Clang 23.0.0git (https:/github.com/llvm/llvm-project 58f4da463e5b3cd3531cace17cc3f2d8d860964e)]', '[GCC 12.2.0]'],
  ['\x00Emscripten\x00', '\x00Linux'],
  ['\x005.0.2\x00', '\x006.1.0'],
  ['\x00wasm32\x00', '\x00x86_64'],
];

/** Changes `wasm` itself. Throws where this is not the build that it knows. */
export const withPlainBuild = (wasm: Buffer): Buffer => {
  for (const [given, said] of TEXTS) {
    const at = wasm.indexOf(given, 0, 'latin1');
    if (at < 0 || wasm.indexOf(given, at + 1, 'latin1') >= 0)
      throw new Error(
        `just-bash has changed: its CPython does not say ${JSON.stringify(given)} once (python-build.ts)`,
      );
    wasm.fill(0, at, at + given.length);
    wasm.write(said, at, 'latin1');
  }
  return wasm;
};
