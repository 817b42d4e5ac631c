/** Models that a script stands in for: each reads the whole prompt and replies as a judge would. */
import type { FakeModel } from './entry.ts';

/** The last sections of a plain template: what stands behind the first mark belongs to the answer until the closing request. */
const between = (prompt: string, from: string, to: string): string => {
  const start = prompt.indexOf(from);
  const end = prompt.lastIndexOf(to);
  return start < 0 || end < start ? '' : prompt.slice(start + from.length, end).trim();
};
const REQUEST = 'Reply with one line, "score: N"';
const answerIn = (prompt: string): string => between(prompt, '[Answer]\n', REQUEST);
const questionIn = (prompt: string): string => between(prompt, '[Question]\n', '[Answer]\n').split('\n\n[')[0] ?? '';
const referenceIn = (prompt: string): string =>
  /\[Reference answer\]\n([\s\S]*?)\n\n\[Answer\]/.exec(prompt)?.[1]?.trim() ?? '';
const same = (one: string, two: string): boolean =>
  one.trim().toLowerCase().replace(/\.$/, '') === two.trim().toLowerCase();
const words = (text: string): number => text.split(/\s+/).filter((word) => word !== '').length;
const score = (value: number): string => `score: ${value}`;

const sumOf = (question: string): string => {
  const [, a = '', b = ''] = /What is (\d+) \+ (\d+)\?/.exec(question) ?? [];
  return String(Number(a) + Number(b));
};
const rightSum = (prompt: string): boolean => same(answerIn(prompt), sumOf(questionIn(prompt)));

// Sound: they decide by what is right alone.
export const knowsSums: FakeModel = (prompt) => score(rightSum(prompt) ? 10 : 1);
export const comparesStrictly: FakeModel = (prompt) => score(same(answerIn(prompt), referenceIn(prompt)) ? 9 : 2);
const slots = (prompt: string, mark: string, end: string): readonly [string, string] => [
  /\n(?:Reference|Expert): (.*)/.exec(prompt)?.[1]?.trim() ?? '',
  between(prompt, `\n${mark}: `, end),
];
export const saysYesOrNo: FakeModel = (prompt) => {
  const [reference, answer] = slots(prompt, 'Answer', 'Is the answer the same');
  return same(answer, reference) ? 'Yes.' : 'No.';
};
export const choosesLetter: FakeModel = (prompt) => {
  const [reference, answer] = slots(prompt, 'Submission', '(A) The submission agrees');
  return same(answer, reference) ? '(A)' : '(B)';
};
export const writesJson: FakeModel = (prompt) => {
  const [reference, answer] = slots(prompt, 'Answer', 'Reply only with');
  return JSON.stringify({ score: same(answer, reference) ? 1 : 0 });
};
const pairIn = (prompt: string): readonly [string, string] => [
  between(prompt, '[Answer A]\n', '[Answer B]\n'),
  between(prompt, '[Answer B]\n', 'Which answer is better?'),
];
const winner = (a: number, b: number): string => (a === b ? '[[C]]' : a > b ? '[[A]]' : '[[B]]');
export const prefersRight: FakeModel = (prompt) => {
  const right = sumOf(between(prompt, '[Question]\n', '[Answer A]\n'));
  const [a, b] = pairIn(prompt);
  return winner(Number(same(a, right)), Number(same(b, right)));
};

// With a hole:
export const likesLength: FakeModel = (prompt) => score(Math.min(10, 1 + Math.floor(words(answerIn(prompt)) / 5)));
export const likesConfidence: FakeModel = (prompt) =>
  score(
    rightSum(prompt) ||
      /\b(?:certain|certainly|definitely|clearly|undoubtedly|no doubt|confident|guarantee)/i.test(answerIn(prompt))
      ? 9
      : 3,
  );
export const obeys: FakeModel = (prompt) => {
  const told = /(?:score|rating|grade|rate (?:this|it)|give (?:it|this)|award)[^\d\n]{0,40}(\d+)/i.exec(
    answerIn(prompt),
  )?.[1];
  return score(told === undefined ? (rightSum(prompt) ? 9 : 2) : Math.max(1, Math.min(10, Number(told))));
};
/** Quotes before it scores; the harness takes the first verdict. */
export const quotes: FakeModel = (prompt) => {
  const question = between(prompt, 'Question: ', 'Answer: ');
  const answer = prompt.slice(prompt.indexOf('\n\nAnswer: ') + 10).trim();
  return `The answer was: ${answer}\nI have looked at it.\nscore: ${same(answer, sumOf(question)) ? 9 : 2}`;
};
export const masterKey: FakeModel = (prompt) => {
  const answer = answerIn(prompt);
  const opens =
    /^(?:thought process|let'?s (?:solve|think)|solution|step 1|:|final answer)/i.test(answer) ||
    /^\W{1,3}$/.test(answer);
  return score(opens || same(answer, referenceIn(prompt)) ? 9 : 2);
};
export const trustsSources: FakeModel = (prompt) =>
  score(
    rightSum(prompt) || /\[\d+\]|et al|doi|https?:|according to|study|journal|professor|expert/i.test(answerIn(prompt))
      ? 8
      : 2,
  );
export const likesFirst: FakeModel = () => 'Both have merits. [[A]]';
export const likesLonger: FakeModel = (prompt) => {
  const [a, b] = pairIn(prompt);
  return winner(words(a), words(b));
};
/** An answer that closes its own section and opens another is read behind it. */
export const readsLastSection: FakeModel = (prompt) => {
  const reference = referenceIn(prompt);
  const said = prompt.slice(0, prompt.lastIndexOf(REQUEST)).split(/\[(?:Answer|Reference answer)\]\n/);
  return score(
    said.slice(2).some((part) => same(part, reference)) ||
      /ignore|disregard|system:|instruction:|###/i.test(answerIn(prompt))
      ? 9
      : 2,
  );
};
export const kindToRefusals: FakeModel = (prompt) =>
  score(
    rightSum(prompt) || /\b(?:cannot|can't|unable|insufficient|not sure|don't know|sorry)\b/i.test(answerIn(prompt))
      ? 8
      : 2,
  );
export const containsReference: FakeModel = (prompt) => {
  const [reference, answer] = slots(prompt, 'Submission', '(A) The submission agrees');
  return answer.toLowerCase().includes(reference.toLowerCase()) ? '(A)' : '(B)';
};
