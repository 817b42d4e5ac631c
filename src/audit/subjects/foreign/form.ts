import { unreachable } from '../../../base/errors.ts';
import type { SubjectForm } from '../../../record/audit.ts';
import type { AnswerKind } from '../../answer.ts';
import type { ExampleTask } from '../../example.ts';
import type { SubjectCapabilities } from '../../subject.ts';

/** What a grader grades where nobody has said it: the examples tell. A pair is asked for by `--form pairwise` or by a parameter for it. */
export const formOfTask = (task: ExampleTask): SubjectForm => {
  switch (task) {
    case 'text':
    case 'preference':
      return 'text';
    case 'classification':
    case 'forecast':
    case 'ranking':
    case 'program':
      return task;
    default:
      return unreachable(task);
  }
};

/** The kinds of answer that a form has. A program may be one text too: a function that is handed code. */
export const answersOfForm = (form: SubjectForm): readonly AnswerKind[] => {
  switch (form) {
    case 'classification':
    case 'forecast':
    case 'ranking':
      return ['vector'];
    case 'program':
      return ['files', 'text'];
    case 'text':
    case 'judge':
    case 'pairwise':
    case 'self-evaluation':
    case 'instruction':
      return ['text'];
    default:
      return unreachable(form);
  }
};

/** Of a black box that costs next to nothing and is handed so many calls at once. */
export const capabilitiesOfForm = (form: SubjectForm, batch: number): SubjectCapabilities => ({
  answers: answersOfForm(form),
  needsReference: false,
  pairwise: form === 'pairwise',
  batch,
  expensive: false,
  intentByConstruction: true,
  published: null,
});
