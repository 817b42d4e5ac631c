import { contentHash } from '../base/json.ts';
import type { SubjectForm } from '../record/audit.ts';
import type { Finding } from '../record/audit-finding.ts';
import type { ExampleSet, ExampleTask } from './example.ts';

const taskOf = (form: SubjectForm): ExampleTask => {
  switch (form) {
    case 'classification':
    case 'forecast':
    case 'ranking':
    case 'program':
      return form;
    case 'pairwise':
      return 'preference';
    case 'text':
    case 'judge':
    case 'self-evaluation':
    case 'instruction':
      return 'text';
    default:
      return form satisfies never;
  }
};

/** The examples that sealed findings hold, as a subject is opened with: only what asking them again needs. */
export const sealedExamples = (findings: readonly Finding[], form: SubjectForm): ExampleSet => {
  const examples = [...new Map(findings.map(({ example }) => [contentHash(example), example])).values()];
  return {
    task: taskOf(form),
    examples,
    items: examples.length,
    hash: contentHash(examples),
    source: 'sealed findings',
    whole: null,
  };
};
