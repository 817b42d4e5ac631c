import { inputError } from '../../base/errors.ts';
import { type OpenSubject, SUBJECT_FORMS, type SubjectOpener } from '../open-subject.ts';
import { ADAPTER_OPENERS } from './adapters/index.ts';
import { FOREIGN_OPENERS } from './foreign/index.ts';
import { FUNCTION_OPENERS } from './function/index.ts';
import { JUDGE_OPENERS } from './judge/index.ts';

/** Prefixed specifications before paths, so that `npm:x:y` is never taken for a file of that name. */
const OPENERS: readonly SubjectOpener[] = [
  ...ADAPTER_OPENERS,
  ...JUDGE_OPENERS,
  ...FOREIGN_OPENERS,
  ...FUNCTION_OPENERS,
];

export const openSubject: OpenSubject = async (spec, options, examples, sources) => {
  const opener = OPENERS.find(({ claims }) => claims(spec));
  if (opener !== undefined) return await opener.open(spec, options, examples, sources);
  throw inputError({
    code: 'unknown-subject',
    what: 'This is not the specification of a grader.',
    given: spec,
    allowed: SUBJECT_FORMS.join(', '),
    todo: 'For example: subterfuge audit grader.ts:score --examples examples.jsonl',
  });
};
