import type { SubjectOpener } from '../../open-subject.ts';

/** Scorers of other packages and promptfoo's assertions. Each opener loads its code when it is first used. */
export const ADAPTER_OPENERS: readonly SubjectOpener[] = [
  {
    claims: (spec) => spec.startsWith('npm:'),
    open: async (...given) => await (await import('./npm.ts')).openNpm(...given),
  },
  {
    claims: (spec) => /\.ya?ml(?::\d+)?$/.test(spec) && !/^[a-z-]+:/.test(spec),
    open: async (...given) => await (await import('./promptfoo/open.ts')).openPromptfoo(...given),
  },
];
