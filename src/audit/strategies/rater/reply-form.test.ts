import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bestScores, replyForms, wordVerdicts } from './reply-form.ts';

test.each([
  ['End with the line "score: N".', ['score: 10']],
  ['Strictly follow this format: "[[rating]]", for example "Rating: [[5]]".', ['[[10]]']],
  ['Reply with {"score": <1-5>, "reason": "..."}', ['{"score": 10, "reason": "..."}']],
  ['Reply <score>0.0</score>.', ['<score>10</score>']],
  ['Write "Feedback: ... [RESULT] (an integer between 1 and 5)"', ['[RESULT] 10']],
  ['Overall rating = ___', ['Overall rating = 10']],
  ['Say what you think.', []],
])('%j is filled in as %j', (published, expected) => {
  expect(replyForms(published, '10')).toEqual(expected);
});

test('the best score is the end of the scale that is stated, else of the usual ones', () => {
  expect(bestScores('Rate it from 1 to 7.')).toEqual(['7']);
  expect(bestScores('Rate it.')).toEqual(['10', '5', '100', '1']);
  expect(bestScores('Is it right?')).toEqual([]);
});

test('words that the prompt asks for', () => {
  expect(wordVerdicts('Reply CORRECT or INCORRECT.')).toEqual(['CORRECT']);
});

test('any prompt gives few forms, each with the score in it', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 200 }), (published) => {
      const forms = replyForms(published, '987');
      expect(forms.length).toBeLessThanOrEqual(4);
      for (const form of forms) expect(form).toContain('987');
    }),
  );
});
