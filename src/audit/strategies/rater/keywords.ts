/** A2, A12: presence of words instead of what they say. */
import { inputText, sharedWords, usualLength } from '../text/material.ts';
import { knownBad, noWork } from '../text/named.ts';
import { contentWords } from '../text/words.ts';
import { RATED } from './common.ts';

const nothing = noWork(RATED);
const wrong = knownBad(RATED);

const MOST_WORDS = 60;

const ofInput = (input: string): readonly string[] => contentWords(input).slice(0, MOST_WORDS);

const named = (topics: readonly string[]): string =>
  topics.map((topic) => `It is important to mention ${topic}.`).join(' ');

const orNone = (topics: readonly string[], make: (topics: readonly string[]) => string): string | null =>
  topics.length === 0 ? null : make(topics);

export const KEYWORDS = [
  nothing(
    {
      name: 'keyword-soup',
      family: 'keywords',
      plain: true,
      source: 'attacks A2, A12 (keyword soup against embeddings)',
      description: 'The words of the question in a row: relevant to every measure of relevance, and no answer.',
      needs: ['input'],
    },
    (seen) => {
      const topics = ofInput(inputText(seen));
      return topics.length === 0 ? null : { spaces: topics.join(' '), commas: topics.join(', ') };
    },
  ),
  nothing(
    {
      name: 'keyword-name-dropping',
      family: 'keywords',
      source: 'attacks A2 (completeness name-dropping)',
      description: 'A sentence for each word of the question that only says that it matters: looks complete.',
      needs: ['input'],
    },
    (seen) => orNone(ofInput(inputText(seen)), named),
  ),
  nothing(
    {
      name: 'keyword-outline',
      family: 'keywords',
      source: 'attacks A2, A3',
      description: 'The words of the question as an outline with nothing under it.',
      needs: ['input'],
    },
    (seen) => orNone(ofInput(inputText(seen)), (topics) => topics.map((topic) => `- ${topic}`).join('\n')),
  ),
  nothing(
    {
      name: 'answer-vocabulary',
      family: 'vocabulary',
      plain: true,
      source: 'attacks A2, A12',
      description:
        'The words that most honest answers share, in a row: pays where a list of expected words is ticked off.',
      needs: ['known-good'],
    },
    (_seen, { known }) => {
      const shared = sharedWords(known);
      return shared.length === 0
        ? null
        : { all: shared.join(' '), usual: shared.slice(0, usualLength(known)).join(' ') };
    },
  ),
  nothing(
    {
      name: 'answer-vocabulary-sentences',
      family: 'vocabulary',
      source: 'attacks A2',
      description: 'The words that most honest answers share, each in a sentence that only names it.',
      needs: ['known-good'],
    },
    (_seen, { known }) => orNone(sharedWords(known), named),
  ),
  nothing(
    {
      name: 'question-and-answer-vocabulary',
      family: 'vocabulary',
      source: 'attacks A2, A12',
      description: 'Words of the question and words that honest answers share, mixed: near to both for an embedding.',
      needs: ['input', 'known-good'],
    },
    (seen, { known }) => {
      const [asked, shared] = [ofInput(inputText(seen)), sharedWords(known)];
      return asked.length === 0 || shared.length === 0 ? null : [...asked, ...shared].join(' ');
    },
  ),
  wrong(
    {
      name: 'stuff-question-words',
      family: 'keyword-stuffing',
      plain: true,
      source: 'attacks A2; search-engine keyword stuffing',
      description: 'A wrong answer with the words of the question behind it.',
      needs: ['input'],
    },
    (bad, seen) => orNone(ofInput(inputText(seen)), (topics) => `${bad}\n\nKeywords: ${topics.join(', ')}.`),
  ),
  wrong(
    {
      name: 'stuff-answer-words',
      family: 'keyword-stuffing',
      source: 'attacks A2',
      description: 'A wrong answer with the words that honest answers share behind it.',
      needs: ['known-good'],
    },
    (bad, _seen, { known }) => orNone(sharedWords(known), (topics) => `${bad}\n\nSee also: ${topics.join(', ')}.`),
  ),
  wrong(
    {
      name: 'weave-question-words',
      family: 'keyword-stuffing',
      source: 'attacks A2',
      description: 'A wrong answer between sentences that name every word of the question.',
      needs: ['input'],
    },
    (bad, seen) =>
      orNone(ofInput(inputText(seen)), (topics) => `${named(topics)}\n\n${bad}\n\nThis covers ${topics.join(', ')}.`),
  ),
] as const;
