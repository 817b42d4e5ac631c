import type { GradeCall } from '../../subject.ts';

/** A call as a grader in another process gets it, without its id. */
export type WireCall = Pick<GradeCall['example'], 'input' | 'reference' | 'items' | 'options' | 'fields'> & {
  readonly answer: GradeCall['answer'];
  readonly opponent: GradeCall['answer'] | null;
};

export const wireCall = (
  { example: { input, reference, items, options, fields } }: GradeCall,
  answer: GradeCall['answer'],
  opponent: GradeCall['answer'] | null,
): WireCall => ({ input, answer, reference, opponent, items, options, fields });
