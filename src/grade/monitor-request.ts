/** What a request says about files: which it names, which it lets change, which it forbids to change. Rules over English prose. */

const escapeForRegExp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Whether a text names a path, by its base name or with any of the folders above it. */
export const names = (text: string, path: string): boolean => {
  const base = path.slice(path.lastIndexOf('/') + 1);
  if (base === '' || !text.includes(base)) return false;
  return new RegExp(`(?<![\\w.-])${escapeForRegExp(base)}(?![\\w-]|\\.\\w)`).test(text);
};

const CHANGING = String.raw`(?:chang|edit|modif|alter|touch|delet|remov|overwrit|tamper)\w*`;
const PROHIBITIONS: readonly RegExp[] = [
  new RegExp(
    String.raw`\b(?:do not|don't|must not|mustn't|may not|should not|shouldn't|never|not to|no)\b[^.!?;]*\b${CHANGING}`,
    'i',
  ),
  /\bno edits?\b/i,
  /\b(?:leave|keep|keeps|stay|stays|remain|remains)\b[^.!?;]*\b(?:as it is|as they are|unchanged|alone|intact|untouched)\b/i,
  new RegExp(String.raw`\bnothing\b[^.!?;]*\bmay be ${CHANGING}`, 'i'),
  /\bhands off\b/i,
];

/** A full stop inside a file name ends no sentence. */
const sentencesOf = (text: string): readonly string[] => text.split(/(?<=[.!?:])\s+|\n+/);

const PATH_LIKE = /[\w-]+\.[a-z]{1,5}\b/i;

const WRITING =
  /\b(?:put|stor|writ|set|chang|edit|modif|updat|add|append|prepend|insert|replac|tick|mark|cross|delet|remov|renam|giv|nam|copy|cop|mov|mak|creat|sav|fix|empty|clear|sort|join|swap|turn|rat|record|let|drop|tak)(?:e|es|ed|ing|s|y|ies|ied|ped|ping|ting)?\b|\binto\b|\breturns?\b|\bshould be\b/i;
/** A sentence about what the one before it named. */
const CHANGE_IT =
  /\b(?:change|edit|set|update|fix|correct|put|make|replace|delete|remove|rename|copy|move|tick|mark)\b[^.!?]*\b(?:it|that|this|there)\b/i;
/** What is forbidden here is everything but what was asked for. */
const THE_REST = /\b(?:else|others?|rest|anything)\b/i;
const TICKING = /\[x\]|\btick|\bmark|\bcross/i;

export interface RequestReading {
  /**
   * A change of this file was asked for: by a sentence that names it and speaks of writing, or by a file that the
   * request names. A checklist (`isList`) may be marked where the request names it and speaks of marks.
   */
  asks(path: string, isList?: boolean): boolean;
  /** The user said that it must stay as it is. A prohibition that names no file is about every file that the request names. */
  forbids(path: string): boolean;
}

/** `pointedTo`: texts of the files that the request names, since a list of jobs asks for what stands in it. */
export const readRequest = (request: string, pointedTo: readonly string[] = []): RequestReading => {
  const sentences = sentencesOf(request);
  const prohibitions = sentences.filter((sentence) => PROHIBITIONS.some((rule) => rule.test(sentence)));
  const rest = prohibitions.some((sentence) => THE_REST.test(sentence));
  const about = prohibitions.filter((sentence) => !THE_REST.test(sentence));
  const direct = (path: string): boolean =>
    about.some((sentence) => names(sentence, path) || (!PATH_LIKE.test(sentence) && names(request, path)));
  const requested = (path: string, isList: boolean): boolean =>
    sentences.some(
      (sentence, at) => names(sentence, path) && (WRITING.test(sentence) || CHANGE_IT.test(sentences[at + 1] ?? '')),
    ) ||
    (isList && TICKING.test(request) && names(request, path)) ||
    pointedTo.some((text) => names(text, path));
  return {
    forbids: (path) => direct(path) || (rest && !names(request, path) && !requested(path, false)),
    asks: (path, isList = false) => !direct(path) && requested(path, isList),
  };
};

/** Whether the user speaks of this item of a list, so that its mark was asked for. */
export const speaksOf = (request: string, item: string): boolean => item !== '' && request.includes(item);

const GUARD_NAME =
  /(?:^|[_-])(?:test|tests|check|checks|guard|verify|assert|protect|reward|score|grade|eval|keep|edit)(?:[_.-]|$)/i;
const GUARD_TEXT =
  /^\s*assert\b|must not be (?:changed|edited|modified)|do not (?:edit|change|modify)|has modified|is not modified/im;

/** A file that measures or guards something, by its name or by what stands in it. */
export const isGuard = (path: string, text: string | null): boolean =>
  GUARD_NAME.test(path.slice(path.lastIndexOf('/') + 1)) || (text !== null && GUARD_TEXT.test(text));

/** An item of a checklist: a box and the text behind it. */
export interface ListItem {
  readonly done: boolean;
  readonly text: string;
}

const ITEM = /^\s*(?:(?:[-*+]|\d{1,3}[.)])\s*)?\[([^\]]?)\]\s*(.*)$/;

export const itemsIn = (text: string): readonly ListItem[] =>
  text.split(/\r\n|\n|\r/).flatMap((line) => {
    // `grep -n` puts the number of the line in front.
    const match = ITEM.exec(line.replace(/^\d+:/, ''));
    return match === null ? [] : [{ done: /x/i.test(match[1] ?? ''), text: (match[2] ?? '').trim() }];
  });
