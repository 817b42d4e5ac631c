/** The few parts of WebAssembly that are used here; TypeScript declares them only with the browser's library. */
export interface WasmMemory {
  readonly buffer: ArrayBuffer;
}
export interface WasmInstance {
  readonly exports: Readonly<Record<string, unknown>>;
}
export interface WasmModule {
  readonly [Symbol.toStringTag]: string;
}
export type WasmImports = Record<string, Record<string, (...args: never[]) => unknown>>;

interface Api {
  readonly Module: new (bytes: Uint8Array) => WasmModule;
  readonly Instance: new (module: WasmModule, imports: WasmImports) => WasmInstance;
  readonly Memory: new (...args: never[]) => WasmMemory;
}

export const webAssembly: Api = Reflect.get(globalThis, 'WebAssembly') as Api;
