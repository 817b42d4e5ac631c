import type { SubjectOpener } from '../../open-subject.ts';
import { isCommandSpec, isHttpSpec, isPythonSpec, isTestsSpec } from './specs.ts';

/** Python, commands, HTTP endpoints and test suites. Each opener loads its code when it is first used. */
export const FOREIGN_OPENERS: readonly SubjectOpener[] = [
  {
    claims: isPythonSpec,
    open: async (...given) => await (await import('./python.ts')).openPython(...given),
  },
  {
    claims: isCommandSpec,
    open: async (...given) => await (await import('./command.ts')).openCommand(...given),
  },
  {
    claims: isHttpSpec,
    open: async (...given) => await (await import('./http.ts')).openHttp(...given),
  },
  {
    claims: isTestsSpec,
    open: async (...given) => await (await import('./tests.ts')).openTests(...given),
  },
];
