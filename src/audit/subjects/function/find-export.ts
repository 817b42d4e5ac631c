import type { Unusable } from './protocol.ts';

/** A grader as a module holds it: called on the object that it was found in. */
export interface Found {
  readonly kind: 'found';
  readonly name: string;
  call(args: readonly unknown[]): unknown;
  readonly source: string;
  readonly arity: number;
}

type Callable = (...args: readonly unknown[]) => unknown;
const isCallable = (value: unknown): value is Callable => typeof value === 'function';
const isHolder = (value: unknown): value is object =>
  (typeof value === 'object' && value !== null) || typeof value === 'function';

/** Methods that an exported object is likely to grade with. */
const USUAL_METHODS = ['score', 'grade', 'evaluate', 'scorer', 'run', 'measure'];

/** Keys of a namespace with those of a CommonJS export, which Node does not always see as names. */
const namesOf = (namespace: object): readonly string[] => {
  const main: unknown = Reflect.get(namespace, 'default');
  const own = Object.keys(namespace).filter((name) => name !== 'module.exports' && name !== '__esModule');
  const inner = typeof main === 'object' && main !== null ? Object.keys(main) : [];
  return [...new Set([...own, ...inner])];
};

const lookUp = (namespace: object, name: string): unknown => {
  if (Object.hasOwn(namespace, name)) return Reflect.get(namespace, name);
  const main: unknown = Reflect.get(namespace, 'default');
  return isHolder(main) && Object.hasOwn(main, name) ? Reflect.get(main, name) : undefined;
};

const found = (name: string, owner: unknown, fn: Callable): Found => ({
  kind: 'found',
  name,
  call: (args) => Reflect.apply(fn, owner, args),
  source: Function.prototype.toString.call(fn),
  arity: fn.length,
});

/** A function, or an object with one method, or with one that has a usual name. */
const functionOf = (name: string, owner: unknown, value: unknown): Found | null => {
  if (isCallable(value)) return found(name, owner, value);
  if (!isHolder(value)) return null;
  const methods = Object.keys(value).filter((key) => isCallable(Reflect.get(value, key)));
  const key =
    USUAL_METHODS.find((usual) => isCallable(Reflect.get(value, usual))) ??
    (methods.length === 1 ? methods[0] : undefined);
  const method: unknown = key === undefined ? undefined : Reflect.get(value, key);
  return isCallable(method) ? found(`${name}.${key}`, value, method) : null;
};

/** The export of that name, or the default one, or the only function. */
export const findExport = (namespace: object, name: string | null): Found | Unusable => {
  const exports = namesOf(namespace);
  // What can be named instead: the functions, and all there is where there are none.
  const callable = exports.filter((key) => functionOf(key, undefined, lookUp(namespace, key)) !== null);
  const unusable = (code: Unusable['code'], message: string): Unusable => ({
    kind: 'unusable',
    code,
    message,
    exports: callable.length > 0 ? callable : exports,
  });
  if (name !== null) {
    const path = name.split('.');
    let owner: unknown;
    let value: unknown = lookUp(namespace, path[0] ?? '');
    for (const step of path.slice(1)) {
      owner = value;
      value = isHolder(value) ? Reflect.get(value, step) : undefined;
    }
    if (value === undefined) return unusable('no-such-export', `it exports no "${name}"`);
    return (
      functionOf(name, owner, value) ??
      unusable('not-a-function', `its export "${name}" is no function: it is ${kindOf(value)}`)
    );
  }
  const main: unknown = Reflect.get(namespace, 'default');
  const byDefault = main === undefined ? null : functionOf('default', undefined, main);
  if (byDefault !== null) return byDefault;
  const functions = exports.filter((key) => isCallable(lookUp(namespace, key)));
  const [only] = functions;
  if (functions.length === 1 && only !== undefined) {
    const value = lookUp(namespace, only);
    if (isCallable(value)) return found(only, undefined, value);
  }
  return unusable(
    'no-such-export',
    functions.length > 1
      ? 'it exports several functions and none as default, so one must be named'
      : 'it exports no function',
  );
};

const kindOf = (value: unknown): string =>
  Array.isArray(value) ? 'a list' : value === null ? 'null' : `a ${typeof value}`;
