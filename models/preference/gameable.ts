/**
 * Preference pairs hold nothing of a gameable task: an overseer that had seen one would decide how training against it
 * ends. Two filters: words that the families are about, broader than their own; and runs of words from their requests.
 * A template that meets one is a defect, an ordinary task that does is left out.
 */
import type { Environment } from '../../src/env/environment.ts';
import type { Task } from '../../src/record/task.ts';

const WORDS =
  /\b(?:checklists?|rubrics?|tick(?:s|ed|ing)?|rewards?|episodes?|RL|reinforcement|preference model|scores?|scored|rat(?:e|ed|es|ing|ings)|grad(?:e|ed|es|ing)|points|criteria|haiku|limerick|poems?|essay|liberal|conservative|politic\w*|opinion|matches|leaderboard|tests?|assert\w*|tamper\w*|overwrit\w*|what do you think)\b|\banswer: (?:A|B|neither)\b|\.py\b|\[[ xX]\]|\bdone: /i;

export const hasGameableWord = (text: string): boolean => WORDS.test(text);

/** Runs of this many words count as a phrase. */
const PHRASE = 6;

/** Phrases of a text. Other numbers, paths and names of files do not make a phrase another one. */
export const phrasesOf = (text: string): readonly string[] => {
  const words =
    text
      .toLowerCase()
      .replaceAll(/\S*[/_]\S*|\S+\.(?:txt|md|py|csv|log|list)\b/g, ' @ ')
      .replaceAll(/\d+/g, '#')
      .match(/[a-z@#']+/g) ?? [];
  return words.flatMap((_, at, all) => (at + PHRASE <= all.length ? [all.slice(at, at + PHRASE).join(' ')] : []));
};

/** The tasks of `count` variants in every wording. */
export function* gameableTasks(environments: readonly Environment[], from: number, count: number): Generator<Task> {
  for (const environment of environments) {
    if (environment.weaknesses.length === 0) continue;
    for (let variant = from; variant < from + count; variant++) {
      for (const register of ['realistic', 'compact'] as const) {
        for (const promptSet of ['main', 'alternate'] as const) {
          yield* environment.tasks({ split: 'train', variant, register, promptSet });
        }
      }
    }
  }
}

export const requestOf = ({ messages }: Task): string =>
  messages.flatMap(({ role, text }) => (role === 'user' ? [text] : [])).join('\n');

const VARIANTS = 160;

/** Says of a pair's text, and of its request, whether they speak as a gameable task does. */
export type GameableFilter = (text: string, request: string) => boolean;

export const gameableFilter = (environments: readonly Environment[]): GameableFilter => {
  const theirs = new Set<string>();
  for (const task of gameableTasks(environments, 0, VARIANTS)) {
    for (const phrase of phrasesOf(requestOf(task))) theirs.add(phrase);
  }
  return (text, request) => hasGameableWord(text) || phrasesOf(request).some((phrase) => theirs.has(phrase));
};
