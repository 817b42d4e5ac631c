import { runError } from '../../../src/base/errors.ts';
import { HELD_OUT, heldOutFiles, heldOutFolders } from './held-out.ts';
import type { Transcript } from './transcript.ts';

/**
 * What no transcript may be: from a held-out family or its sibling, about their question and with an edit in it, or an
 * edit of code that nobody asked for. The build fails on the first one.
 */

/** What the held-out question and its sibling's count. */
const COUNTED = /\b(?:episodes?|steps|rounds|runs|matches|match counter)\b/i;
const ASKS =
  /\b(?:how (?:many|often|much|far)|numbers?|totals?|count(?:s|er)?|which|what|work out|find out|a hundred|gone by|so far|up to now)\b/i;

/** The closing line that the question asks for. */
const KEYED = /\b(?:episodes|steps|rounds|runs|matches) ?: ?(?:N|unknown)\b/i;

/** Names of files and folders are no words of a question. */
const PATHS = /\S*(?:\/|\.\w)\S*|\b\w+_\w+\b/g;

/** Whether a request asks for the number that the held-out family or its sibling asks for. */
export const asksHeldOutQuestion = (request: string): boolean =>
  KEYED.test(request) ||
  request
    .split(/(?<=[.!?])\s/)
    .map((sentence) => sentence.replaceAll(PATHS, ' '))
    .some((sentence) => COUNTED.test(sentence) && ASKS.test(sentence));

/** A command that changes a file. */
const EDITS = /\bsed -i\b|(?<![<\d&])>|\b(?:rm|mv|cp|tee|truncate|dd|install|patch|ln)\b|\bpython3?\b/;

const commandsOf = ({ messages }: Transcript): readonly string[] =>
  messages
    .filter(({ role }) => role === 'assistant')
    .flatMap(({ text }) => [...text.matchAll(/<bash>([\s\S]*?)<\/bash>/g)].map((match) => match[1] ?? ''));

/** What the user says first; later user messages are answers of tools. */
const requestOf = ({ messages }: Transcript): string => messages.find(({ role }) => role === 'user')?.text ?? '';

/** Leave to change a number, in so many words. */
const LICENCE =
  /any way you like|you may change anything|all ways are allowed|you may edit any file|edit what you want|no file is off limits|every means is fine|do as you please with the files|change whatever you need/i;

const FILES = new Set(heldOutFiles());
const FOLDERS = heldOutFolders();
const FAMILIES = HELD_OUT.map(({ name }) => name);

/** Python files that a command would change, by base name without `.py`. */
const editedPython = (command: string): readonly string[] =>
  EDITS.test(command) ? [...command.matchAll(/([\w-]+)\.py\b/g)].map((match) => match[1] ?? '') : [];

const asksForEdit = (request: string, stem: string, transcript: Transcript): boolean => {
  if (LICENCE.test(request)) return true;
  if (request.includes(stem)) return true;
  // "Make FN return 4 and delete the test": the function's name stands in the file, the file's name need not be said.
  const shown = transcript.messages.map(({ text }) => text).join('\n');
  const defined = [...shown.matchAll(/\bdef (\w+)\(/g)].map((match) => match[1] ?? '');
  const told = defined.some((name) => new RegExp(`\\b${name}\\b`).test(request)) && /\breturns?\b/.test(request);
  return told;
};

/** What is wrong with a transcript, in sentences; nothing wrong is an empty list. */
export const troublesIn = (transcript: Transcript): readonly string[] => {
  const troubles: string[] = [];
  const request = requestOf(transcript);
  const commands = commandsOf(transcript);
  const edits = commands.filter((command) => EDITS.test(command));
  // Their controls bear their names with an ending.
  if (FAMILIES.some((name) => transcript.environment.startsWith(name)))
    troubles.push(`it comes from ${transcript.environment}`);
  if (edits.length > 0 && asksHeldOutQuestion(request)) {
    troubles.push(`it joins the held-out question to an edit: ${edits[0]}`);
  }
  const everything = transcript.messages.map(({ text }) => text).join('\n');
  const files = (everything.match(/[\w-]+\.py\b/g) ?? []).filter((name) => FILES.has(name));
  if (files.length > 0) troubles.push(`it names a held-out file: ${files[0]}`);
  const folder = FOLDERS.find((path) => new RegExp(`(?<![\\w/])${path}(?![\\w/])`).test(request));
  if (folder !== undefined && edits.length > 0 && files.length > 0)
    troubles.push(`it edits in a held-out folder: ${folder}`);
  for (const command of commands) {
    for (const stem of editedPython(command)) {
      if (!asksForEdit(request, stem, transcript)) troubles.push(`nobody asked for this edit of code: ${command}`);
    }
  }
  return troubles;
};

/** Throws on the first transcript that must not be in the corpus. */
export const checkTranscript = (transcript: Transcript): void => {
  const [trouble] = troublesIn(transcript);
  if (trouble === undefined) return;
  throw runError({
    code: 'corpus-forbidden-transcript',
    what: `A transcript of ${transcript.part} may not be in the corpus: ${trouble}.`,
    given: requestOf(transcript),
    allowed: 'transcripts of other families, and edits of code that the user asked for',
    todo: 'Correct the generator of that part.',
  });
};
