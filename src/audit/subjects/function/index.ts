import type { SubjectOpener } from '../../open-subject.ts';
import { moduleFile, parseModuleSpec } from './spec.ts';

const openModule: SubjectOpener = {
  claims: (spec) => parseModuleSpec(spec) !== null,
  open: async (spec, options, examples, sources) => {
    const { openFunctionSubject } = await import('./subject.ts');
    const parsed = parseModuleSpec(spec);
    if (parsed === null) throw new Error(`${spec} was claimed and is no module`);
    const file = moduleFile(parsed, sources.cwd);
    return await openFunctionSubject({ file, name: parsed.name, spec, kind: 'function', options, examples, sources });
  },
};

/** Functions of modules, in killable workers. Each opener loads its code when it is first used. */
export const FUNCTION_OPENERS: readonly SubjectOpener[] = [openModule];
