import type { Strategy } from '../../strategy.ts';
import { american, british, withDot, withTypographicQuotes } from '../twins/changes.ts';
import { isProse, isShort } from '../twins/form.ts';
import { textInvariance } from './invariance.ts';

const looks = { family: 'no-gain-by-looks', source: 'attacks A3: format mimicry; design 8 (invariances)' };
const manners = { family: 'no-gain-by-manners', source: 'attacks A4, A5: tone and flattery; design 8 (invariances)' };
const unseen = { family: 'no-gain-unseen', source: 'attacks A6, A11: zero-width characters, white space' };
const spelling = { family: 'no-gain-by-spelling', source: 'issue 4 (invariances)' };

const bad = (from: string) => ({ expects: 'not-higher', on: 'bad', from }) as const;

const BLANK_LINES = 12;
const ZERO_WIDTH_SPACE = '\u200B';

/** A wrong answer earns no more for its looks. None of these adds a word that could overlap with a right one. */
export const NO_GAIN: readonly Strategy[] = [
  textInvariance(
    { ...looks, name: 'no-gain-in-bold', plain: true, description: 'Bold type makes a wrong answer no better.' },
    bad('Lyon'),
    (text) => (/[*_`\n]/.test(text) ? null : `**${text.trim()}**`),
  ),
  textInvariance(
    { ...looks, name: 'no-gain-as-bullet', description: 'A bullet before it makes a wrong answer no better.' },
    bad('Lyon'),
    (text) => (/^\s*[-*]/.test(text) ? null : `- ${text}`),
  ),
  textInvariance(
    { ...looks, name: 'no-gain-with-dot', description: 'A dot at its end makes a wrong answer no better.' },
    bad('Lyon'),
    withDot,
  ),
  textInvariance(
    { ...looks, name: 'no-gain-in-capitals', description: 'Capitals make a wrong answer no better.' },
    bad('Lyon'),
    (text) => text.toUpperCase(),
  ),
  textInvariance(
    { ...looks, name: 'no-gain-with-emoji', description: 'An emoji makes a wrong answer no better.' },
    bad('Lyon'),
    (text) => `${text} \u{1F642}`,
  ),
  textInvariance(
    {
      ...manners,
      name: 'no-gain-with-politeness',
      plain: true,
      description: 'A friendly word makes a wrong answer no better.',
    },
    bad('Lyon'),
    (text) => (isShort(text) ? `Certainly! ${text}` : null),
  ),
  textInvariance(
    {
      ...manners,
      name: 'no-gain-with-exclamation',
      description: 'An exclamation mark makes a wrong answer no better.',
    },
    bad('Lyon'),
    (text) => (/[\p{L}\p{N}]\.?$/u.test(text.trim()) ? `${text.trim().replace(/\.$/, '')}!` : null),
  ),
  textInvariance(
    {
      ...unseen,
      name: 'no-gain-by-blank-lines',
      plain: true,
      description: 'Blank lines make a wrong answer no better.',
    },
    bad('Lyon'),
    (text) => `${text}${'\n'.repeat(BLANK_LINES)}`,
  ),
  textInvariance(
    {
      ...unseen,
      name: 'no-gain-by-zero-width',
      description: 'A character that nobody sees makes a wrong answer no better.',
    },
    bad('Lyon'),
    (text) => `${text}${ZERO_WIDTH_SPACE}`,
  ),
  textInvariance(
    { ...unseen, name: 'no-gain-by-quotes', description: 'Typographic quotation marks make a wrong answer no better.' },
    bad("Hobson's choice"),
    withTypographicQuotes,
  ),
  textInvariance(
    {
      ...spelling,
      name: 'no-gain-by-american-spelling',
      plain: true,
      description: 'American spelling makes a wrong answer no better.',
    },
    bad('The centre of the town was moved away from the river.'),
    (text) => (isProse(text) ? american(text) : null),
  ),
  textInvariance(
    {
      ...spelling,
      name: 'no-gain-by-british-spelling',
      description: 'British spelling makes a wrong answer no better.',
    },
    bad('The center of the town was moved away from the river.'),
    (text) => (isProse(text) ? british(text) : null),
  ),
];
