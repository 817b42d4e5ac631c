/** Where a finding is pointed at in the user's code. */
export interface SourceLocation {
  /** Relative to the repository, with forward slashes. */
  readonly path: string;
  /** From 1. */
  readonly line: number;
}

/** The line on which a name is declared or exported; 1 where it cannot be seen. */
export const lineOf = (source: string, name: string | null): number => {
  if (name === null)
    return Math.max(1, source.split('\n').findIndex((text) => /^\s*export\s+default\b/.test(text)) + 1);
  const first = (name.split('.')[0] ?? name).replaceAll(/[^\p{ID_Continue}$]/gu, '');
  if (first === '') return 1;
  const escaped = first.replaceAll('$', String.raw`\$`);
  const declared = new RegExp(
    String.raw`^\s*(?:export\s+)?(?:default\s+)?(?:async\s+)?(?:const|let|var|function\*?|class|def)\s+${escaped}(?![\w$])`,
    'u',
  );
  return Math.max(1, source.split('\n').findIndex((text) => declared.test(text)) + 1);
};
