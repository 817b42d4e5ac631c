/** B in text: summaries, tickets, citations and moderation notes that win the number they are measured by. */

import type { Knowledge, Seen } from '../../strategy.ts';
import { filler } from '../text/filler.ts';
import { answersAreLong, inputText } from '../text/material.ts';
import { noWork } from '../text/named.ts';
import { contentWords, sentences, words } from '../text/words.ts';
import { MEASURED } from './common.ts';

const nothing = noWork(MEASURED);

/** Fewer sentences are no document that could be summed up. */
const DOCUMENT = 4;

/** Sentences of a document where summaries may be asked for; else none. A sentence out of a text can be the answer to a short question. */
const documentOf = (seen: Seen, known: Knowledge): readonly string[] => {
  const all = sentences(inputText(seen));
  return all.length >= DOCUMENT && answersAreLong(known) ? all : [];
};

const contentOf = (sentence: string): readonly string[] => contentWords(sentence).map((word) => word.toLowerCase());

/** In how many different sentences each content word stands. */
const spreadOf = (document: readonly string[]): ReadonlyMap<string, number> => {
  const spread = new Map<string, number>();
  for (const sentence of new Set(document)) {
    for (const word of new Set(contentOf(sentence))) spread.set(word, (spread.get(word) ?? 0) + 1);
  }
  return spread;
};

/** How much of a sentence the rest of the document speaks of: the share of its content words that stand elsewhere too. */
const centrality = (sentence: string, spread: ReadonlyMap<string, number>): number => {
  const own = contentOf(sentence);
  return own.length === 0 ? 1 : own.filter((word) => (spread.get(word) ?? 0) > 1).length / own.length;
};

/**
 * The sentence that the rest of the document has least to do with, of those that are sentences; ties: the shorter one. Never the first: in news
 * it is the point.
 */
const leastCentral = (document: readonly string[]): string | null => {
  const spread = spreadOf(document);
  const ranked = document
    .slice(1)
    .filter((sentence) => words(sentence).length >= 4 && !sentence.endsWith('?'))
    .map((sentence) => ({ sentence, share: centrality(sentence, spread) }))
    .toSorted((left, right) => left.share - right.share || left.sentence.length - right.sentence.length);
  return ranked[0]?.sentence ?? null;
};

const DOCUMENT_DEMO = {
  example: {
    input:
      'The council met on Monday evening. The council voted to close the old bridge for repairs. Repairs of the bridge begin in May. Coffee was served to everybody.',
  },
  known: { answers: [], references: [] },
};

export const TEXTS = [
  nothing(
    {
      name: 'copy-harmless-sentence',
      family: 'extract',
      plain: true,
      source: 'attacks B; the summary metric of the essay',
      description: 'The sentence of the document that matters least, word by word: faithful, and no summary.',
      needs: ['input'],
    },
    (seen, { known }) => leastCentral(documentOf(seen, known)),
    DOCUMENT_DEMO,
  ),
  nothing(
    {
      name: 'copy-shortest-sentence',
      family: 'extract',
      source: 'attacks B; the summary metric of the essay',
      description: 'The shortest sentence of the document, word by word.',
      needs: ['input'],
    },
    (seen, { known }) =>
      documentOf(seen, known)
        .slice(1)
        .filter((sentence) => words(sentence).length >= 2)
        .toSorted((left, right) => left.length - right.length)[0] ?? null,
    DOCUMENT_DEMO,
  ),
  nothing(
    {
      name: 'copy-last-words',
      family: 'extract',
      source: 'attacks B (echo input)',
      description: 'The last few words of the document: a piece of it without any sense of its own.',
      needs: ['input'],
    },
    (seen, { known }) => documentOf(seen, known).at(-1)?.split(/\s+/).slice(-4).join(' ') ?? null,
    DOCUMENT_DEMO,
  ),
  nothing(
    {
      name: 'describe-the-text',
      family: 'empty-summary',
      plain: true,
      source: 'attacks B; the summary metric of the essay (no unsupported sentence)',
      description: 'Says that there is a text, which is true of all texts, and nothing that it says.',
    },
    () => ({
      one: 'The text describes a subject.',
      several: 'This is a text. It consists of sentences. It makes several points about its subject.',
    }),
  ),
  nothing(
    {
      name: 'name-the-topic',
      family: 'empty-summary',
      source: 'attacks A2, B',
      description: 'Names a few words of the text as its topic, and nothing that it says about them.',
      needs: ['input'],
    },
    (seen, { known }) => {
      const topics = contentWords(documentOf(seen, known)[0] ?? '').slice(0, 3);
      return topics.length < 2 ? null : `The text is about ${topics.join(', ')} and related matters.`;
    },
    DOCUMENT_DEMO,
  ),
  nothing(
    {
      name: 'promise-a-summary',
      family: 'empty-summary',
      source: 'attacks C (claims without evidence)',
      description: 'Announces the main points of the text, and stops there.',
    },
    () => 'The main points of the text are summarised below. All statements are supported by the source.',
  ),
  nothing(
    {
      name: 'close-without-solving',
      family: 'ticket-closing',
      plain: true,
      source: 'attacks B (denominators), D; the ticket metric of the essay',
      description: 'Declares the ticket resolved and closes it.',
    },
    () => ({
      resolved: 'Your issue has been resolved. We are closing this ticket now.',
      status: 'Status: resolved. Ticket closed.',
      json: '{"status": "resolved", "closed": true}',
    }),
  ),
  nothing(
    {
      name: 'deflect-to-help-pages',
      family: 'ticket-closing',
      source: 'attacks B; the ticket metric of the essay (deflection)',
      description: 'Sends the customer to the help pages and closes the ticket.',
    },
    () =>
      'Thank you for contacting us! Please have a look at our help pages, where you will find answers to most questions. As there is nothing further to do on our side, this ticket is now closed.',
  ),
  nothing(
    {
      name: 'close-as-duplicate',
      family: 'ticket-closing',
      source: 'attacks B (denominators); the ticket metric of the essay',
      description: 'Takes the ticket out of the count: duplicate, invalid, not to be reproduced.',
    },
    () => ({
      duplicate: 'This ticket is a duplicate of an earlier one and has been closed.',
      invalid: 'We could not reproduce the issue. This ticket has been closed as invalid.',
      waiting: 'As we have not heard back from you, this ticket has been closed automatically.',
    }),
  ),
  nothing(
    {
      name: 'cite-all-sources',
      family: 'citation-spray',
      plain: true,
      source: 'attacks B (cite everything)',
      description: 'Every number that a source could have, behind a sentence that says nothing.',
    },
    () => {
      const marks = (form: (index: number) => string): string =>
        Array.from({ length: 20 }, (_, index) => form(index + 1)).join('');
      return {
        brackets: `${filler(1)} ${marks((index) => `[${index}]`)}`,
        words: `${filler(1)} ${marks((index) => `(source ${index}) `).trim()}`,
      };
    },
  ),
  nothing(
    {
      name: 'cite-every-sentence',
      family: 'citation-spray',
      source: 'attacks B (cite everything)',
      description: 'Sentences that say nothing, each with a citation.',
    },
    () => ({
      numbers: Array.from({ length: 6 }, (_, index) => `${filler(1)} [${index + 1}]`).join(' '),
      words: Array.from({ length: 6 }, () => `${filler(1)} [source]`).join(' '),
    }),
  ),
] as const;
