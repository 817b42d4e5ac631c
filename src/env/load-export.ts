/** Which export of a module is its environment, and its functions under one roof. Runs in the module's thread. */
import type { Declared, Failure, FunctionName } from './load-protocol.ts';
import { declaredOf, environmentSchema, problemsOf } from './load-shape.ts';

type Functions = Readonly<Record<FunctionName, (argument: unknown, context: unknown) => unknown>>;

const shapeFailure = (message: string): Failure => ({ kind: 'shape', message, where: null });

const looksLikeOne = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'tasks' in value && 'submissions' in value;

const kindOf = (value: unknown): string => {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
};

/** `default`, else `environment`, else the only export that looks like one. */
const candidateIn = (exported: Readonly<Record<string, unknown>>): { readonly value: unknown } | Failure => {
  const named = exported.default ?? exported.environment;
  if (named !== undefined) return { value: named };
  const alike = Object.entries(exported).filter(([, value]) => looksLikeOne(value));
  const [only, ...more] = alike;
  if (only !== undefined && more.length === 0) return { value: only[1] };
  if (only !== undefined) {
    return shapeFailure(
      `it exports ${alike.length} environments (${alike.map(([key]) => key).join(', ')}) and none as default`,
    );
  }
  const names = Object.keys(exported);
  return shapeFailure(
    names.length === 0 ? 'it exports nothing' : `it exports ${names.join(', ')}, and none is an environment`,
  );
};

/** A method of an object of the user's, called on that object: it may be made of methods that use `this`. */
const method = (owner: unknown, key: string): ((...given: readonly unknown[]) => unknown) => {
  const found: unknown = typeof owner === 'object' && owner !== null ? Reflect.get(owner, key) : undefined;
  if (typeof found !== 'function') throw new TypeError(`${key} is not a function`);
  return (...given) => Reflect.apply(found, owner, given) as unknown;
};

const functionsOf = (environment: object): Functions => {
  const part = (key: string): unknown => Reflect.get(environment, key);
  return {
    tasks: (choice) => method(environment, 'tasks')(choice),
    submissions: (task) => method(environment, 'submissions')(task),
    contrast: (group) => method(part('contrast'), 'of')(group),
    proxy: (group, context) => method(part('proxy'), 'grade')(group, context),
    intent: (group, context) => method(part('intent'), 'grade')(group, context),
    labels: (group, context) => method(part('labels'), 'label')(group, context),
  };
};

export interface Chosen {
  readonly declared: Declared;
  readonly functions: Functions;
}

export const chosenExport = (exported: Readonly<Record<string, unknown>>): Chosen | Failure => {
  const candidate = candidateIn(exported);
  if ('kind' in candidate) return candidate;
  const { value } = candidate;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return shapeFailure(`its export is ${kindOf(value)}, not an environment`);
  }
  const read = environmentSchema.safeParse(value);
  if (!read.success) return shapeFailure(problemsOf(read.error));
  return { declared: declaredOf(read.data), functions: functionsOf(value) };
};
