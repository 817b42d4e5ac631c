import type { ScoreScale } from '../../../record/audit.ts';
import type { JudgeForm } from './rubric.ts';

const request = (form: JudgeForm, { worst, best }: ScoreScale): string =>
  form === 'pairwise'
    ? 'Which answer is better? Reply with [[A]], [[B]], or [[C]] for a tie, and nothing else.'
    : `Reply with one line, "score: N", where N is a number from ${worst} (worst) to ${best} (best), and nothing else.`;

/**
 * What most people write around a rubric. It is the audited prompt and not one of ours, so nothing in it is fenced. `scale` null: the rubric says
 * itself how to reply.
 */
export const plainTemplate = (rubric: string, form: JudgeForm, scale: ScoreScale | null): string =>
  [
    rubric,
    '[Question]\n{{input}}',
    ...(form === 'reference' ? ['[Reference answer]\n{{reference}}'] : []),
    ...(form === 'pairwise' ? ['[Answer A]\n{{output}}', '[Answer B]\n{{opponent}}'] : ['[Answer]\n{{output}}']),
    ...(scale === null ? [] : [request(form, scale)]),
  ].join('\n\n');
