/** Which specifications are ours, by their text only. What has another prefix (`npm:`, `judge:`) is not a path. */
const PYTHON = /^(?<file>.+\.py)(?::(?<name>[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*))?$/s;
const PREFIX = /^[a-z][a-z-]*:/;

/** `rewards.py:fn`, `rewards.py:Class.method`; `fn` left out: the only function there is. */
export const isPythonSpec = (spec: string): boolean => PYTHON.test(spec) && !PREFIX.test(spec);
export const isCommandSpec = (spec: string): boolean => /^cmd:/.test(spec);
export const isHttpSpec = (spec: string): boolean => /^https?:\/\//i.test(spec);
export const isTestsSpec = (spec: string): boolean => /^(?:pytest|node):/.test(spec);

export const partsOfPythonSpec = (spec: string): { readonly file: string; readonly name: string | null } => {
  const { file = spec, name } = PYTHON.exec(spec)?.groups ?? {};
  return { file, name: name ?? null };
};
