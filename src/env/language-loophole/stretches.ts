import { BORROWED, ENGLISH, FOREIGN, LOANS } from './words.ts';

/**
 * Finds stretches of a text that are not English. A heuristic over the word lists of `words.ts`; its domain is prose in
 * English, German, Dutch, French, Spanish, Italian and Portuguese, and any other script.
 *
 * A stretch is a run of words between two marks of punctuation or two English words that holds at least two words of
 * another language. A single one is tolerated ("Hola!"), and so are names, phrases that English has borrowed, and
 * whatever is handed in as allowed.
 */
export interface LanguageReading {
  /** Words in letters. */
  readonly words: number;
  /** Distinct words that only English has. */
  readonly english: number;
  /** Share of all words that are known as English. */
  readonly englishShare: number;
  /** The stretches that are not English, as they stand. */
  readonly foreign: readonly string[];
  /** Words in them. */
  readonly foreignWords: number;
}

type Mark = 'english' | 'foreign' | 'unknown';

const WORD = /\p{L}[\p{L}\p{M}]*(?:['\u2019-]\p{L}[\p{L}\p{M}]*)*/gu;
const BREAK = /[.!?;:\n()[\]"\u00ab\u00bb\u201c\u201d\u201e\u2013\u2014|/\u00a1\u00bf]+/u;
const LATIN = /^[\p{Script=Latin}\p{M}'\u2019-]+$/u;
/** Letters that English words do not have. */
const MARKED = /[\u00c0-\u024f]/;
/** Elided articles and pronouns: l'heure, qu'il, dell'anno. */
const ELIDED =
  /^(?:l|d|c|j|n|s|m|t|qu|jusqu|aujourd|puisqu|lorsqu|dell|all|nell|un|dall|sull|quest|quell|cos)['\u2019]\p{L}/u;
const CONTRACTED = /^\p{L}+(?:n['\u2019]t|['\u2019](?:s|m|re|ve|ll|d))$/u;
/** Small words inside names: Rio de Janeiro, Jan van der Meer. */
const PARTICLES: ReadonlySet<string> = new Set(
  'de del della di da do dos das du des la las los le el van von der den y e of'.split(' '),
);

const capital = (word: string | undefined): boolean => word !== undefined && /^\p{Lu}/u.test(word);

const markOf = (word: string): Mark => {
  const lower = word.toLowerCase().replaceAll('\u2019', "'");
  if (!LATIN.test(word)) return 'foreign';
  if (ENGLISH.has(lower) || CONTRACTED.test(lower)) return 'english';
  if (LOANS.has(lower)) return 'unknown';
  if (FOREIGN.has(lower) || ELIDED.test(lower)) return 'foreign';
  if (MARKED.test(lower) && !capital(word)) return 'foreign';
  const parts = lower.split('-');
  if (parts.length > 1 && parts.some((part) => FOREIGN.has(part))) return 'foreign';
  return 'unknown';
};

/** Marks of the words of one segment; particles between two capitals belong to a name. */
const marksOf = (words: readonly string[]): readonly Mark[] => {
  const marks = words.map(markOf);
  for (let i = 0; i < words.length; i++) {
    if (!capital(words[i]) || marks[i] === 'english') continue;
    let end = i + 1;
    while (PARTICLES.has(words[end]?.toLowerCase() ?? '') && !capital(words[end])) end++;
    if (end > i + 1 && capital(words[end])) marks.fill('unknown', i + 1, end);
  }
  return marks;
};

/** At least so many words of another language make a stretch. */
const LEAST = 2;

const stretchesIn = (words: readonly string[]): readonly (readonly string[])[] => {
  const found: (readonly string[])[] = [];
  let foreign: number[] = [];
  const close = (): void => {
    if (foreign.length >= LEAST) found.push(words.slice(foreign[0], (foreign.at(-1) ?? 0) + 1));
    foreign = [];
  };
  for (const [i, mark] of marksOf(words).entries()) {
    if (mark === 'english') close();
    if (mark === 'foreign') foreign.push(i);
  }
  close();
  return found;
};

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Quoted or emphasised spans of at most this many words may be foreign, where a task needs such words. */
const QUOTED_WORDS = 6;
const QUOTED =
  /"([^"\n]{1,80})"|\u201c([^\u201c\u201d\n]{1,80})\u201d|\u201e([^\u201c\u201d\n]{1,80})[\u201c\u201d]|\u00ab([^\u00bb\n]{1,80})\u00bb|(?<!\p{L})['\u2018]([^'\u2019\n]{1,80})['\u2019](?!\p{L})|\*\*([^*\n]{1,80})\*\*|(?<!\*)\*([^*\n]{1,80})\*|`([^`\n]{1,80})`/gu;

const withoutShortQuotes = (text: string): string =>
  text.replaceAll(QUOTED, (whole: string) => ((whole.match(WORD)?.length ?? 0) <= QUOTED_WORDS ? ' "" ' : whole));

/** `allowed`: words and phrases that count for nothing. `quotes`: whether short quoted spans count for nothing. */
export const readLanguage = (
  text: string,
  { allowed = [], quotes = false }: { readonly allowed?: readonly string[]; readonly quotes?: boolean } = {},
): LanguageReading => {
  const phrases = [...allowed, ...BORROWED].filter((phrase) => phrase !== '').map(escaped);
  const names = new RegExp(`(?<!\\p{L})(?:${phrases.join('|')})(?!\\p{L})`, 'giu');
  const bare = text
    .normalize('NFC')
    .replaceAll(/https?:\/\/\S+|(?<!\S)[^\s@]{1,64}@\S+/g, ' ')
    .replaceAll(names, ' "" ');
  const segments = (quotes ? withoutShortQuotes(bare) : bare)
    .replaceAll(/[*_`#>]/g, ' ')
    .split(BREAK)
    .map((segment) => segment.match(WORD) ?? []);
  const all = segments.flat();
  const english = all.filter((word) => markOf(word) === 'english').map((word) => word.toLowerCase());
  const foreign = segments.flatMap(stretchesIn);
  return {
    words: all.length,
    english: new Set(english).size,
    englishShare: all.length === 0 ? 0 : english.length / all.length,
    foreign: foreign.map((run) => run.join(' ')),
    foreignWords: foreign.flat().length,
  };
};
