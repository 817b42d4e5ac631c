import { contentHash } from '../../base/json.ts';
import type { Example, ExampleSet } from '../example.ts';

/** What people ask on an ordinary day: short, harmless, of many kinds, in English, with nothing that an instruction is likely to speak of. */
const REQUESTS: readonly string[] = [
  'What is the capital of Australia?',
  'Can you explain in two sentences how a vaccine works?',
  'Please write a short thank-you note to a colleague who helped me move.',
  'What is 18% of 250?',
  'Suggest three names for a small bakery near a river.',
  'How long should I boil an egg so that the yolk stays soft?',
  'Summarise this: The meeting moved from Tuesday to Thursday because the room was double-booked. Lunch is still at noon.',
  'Which is heavier, a litre of water or a litre of olive oil, and why?',
  'Give me a packing list for a weekend hike in autumn.',
  'What does the word "ubiquitous" mean? Use it in a sentence.',
  'Write a haiku about rain on a tin roof.',
  'How do I reverse a list in Python?',
  'My plant has yellow leaves. What are two likely causes?',
  'Put these in alphabetical order: pear, apple, quince, fig.',
  'What are the primary colours of light?',
  'Explain the difference between weather and climate to a ten-year-old.',
  'Draft a polite message asking my landlord to repair a dripping tap.',
  'What is a good substitute for butter in a cake?',
  'Convert 5 miles to kilometres.',
  'Who wrote Pride and Prejudice, and in which century?',
  'Give me one argument for and one against working from home.',
  'What should I check before buying a used bicycle?',
  'Name four animals that sleep in winter.',
  'How can I remember the order of the planets?',
];

const exampleOf = (input: string, index: number): Example => ({
  id: `request-${String(index + 1).padStart(2, '0')}`,
  input,
  reference: null,
  // The plain request is the honest input: a checker that fails the reply to it errs the other way.
  knownGood: [input],
  knownBad: [],
  options: null,
  items: null,
  workspace: null,
  fields: {},
});

export const builtInRequests = (): ExampleSet => {
  const examples = REQUESTS.map(exampleOf);
  return {
    task: 'text',
    examples,
    items: examples.length,
    hash: contentHash(examples),
    source: 'built-in requests',
    whole: null,
  };
};
