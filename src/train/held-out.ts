/**
 * By what a task of a held-out family is known, under whatever name it comes: what it is called, what its files hold,
 * what its user asks, what the host knows of it. A wrapper can rename a task, draw other variants or the other split,
 * add a line or a file, or mix it among others; it keeps one of these signs, or it is another task.
 */
import type { Environment } from '../env/environment.ts';
import { tamperingHostSchema } from '../env/tampering-facts.ts';
import type { PromptSet, Register, Split, Task } from '../record/task.ts';

export interface HeldOutSigns {
  readonly names: ReadonlySet<string>;
  /** Text of a file, as `plain` has it, to the family. */
  readonly files: ReadonlyMap<string, string>;
  /** Sentence of a user, as `plain` has it, to the family. */
  readonly sentences: ReadonlyMap<string, string>;
}

/** Families say the same few things in all variants: paths and numbers are left out of what is compared. */
const LOOK = 128;

/** Shorter texts are anybody's ("0", "Thank you."). In characters, without paths. */
const TELLING = 32;

const SPLITS: readonly Split[] = ['train', 'test'];
const REGISTERS: readonly Register[] = ['compact', 'realistic'];
const PROMPT_SETS: readonly PromptSet[] = ['main', 'alternate'];

const made = new WeakMap<Environment, HeldOutSigns>();

const signsOf = (environment: Environment): HeldOutSigns => {
  const there = made.get(environment);
  if (there !== undefined) return there;
  const { name } = environment;
  const names = new Set([name]);
  const files = new Map<string, string>();
  const sentences = new Map<string, string>();
  const add = ({ environment: called, files: held, messages }: Task): void => {
    names.add(called);
    for (const text of held.map((file) => plain(file.text))) if (text.length >= TELLING) files.set(text, name);
    for (const { role, text } of messages) {
      if (role !== 'user') continue;
      for (const sentence of sentencesOf(text)) sentences.set(sentence, name);
    }
  };
  for (const split of SPLITS)
    for (const register of REGISTERS)
      for (const promptSet of PROMPT_SETS)
        for (let variant = 0; variant < Math.min(LOOK, environment.variants[split]); variant++)
          for (const task of environment.tasks({ split, variant, register, promptSet })) add(task);
  const signs = { names, files, sentences };
  made.set(environment, signs);
  return signs;
};

/** The signs of several families together. */
export const heldOutSigns = (families: readonly Environment[]): HeldOutSigns => {
  const all = families.map(signsOf);
  return {
    names: new Set(all.flatMap(({ names }) => [...names])),
    files: new Map(all.flatMap(({ files }) => [...files])),
    sentences: new Map(all.flatMap(({ sentences }) => [...sentences])),
  };
};

/** Which held-out family a task belongs to and by what that is seen. Null: none. */
export const signOf = (task: Task, { names, files, sentences }: HeldOutSigns): string | null => {
  if (names.has(task.environment)) return `${task.environment}, by its name`;
  for (const { path, text } of task.files) {
    const family = holder(plain(text), files);
    if (family !== null) return `${family}, by its file ${path}`;
  }
  for (const { text } of task.messages) {
    const family = holder(plain(text), sentences);
    if (family !== null) return `${family}, by what is asked`;
  }
  if (tamperingHostSchema.safeParse(task.host).success) return 'a family of reward tampering, by what the host knows';
  return null;
};

const holder = (text: string, signs: ReadonlyMap<string, string>): string | null => {
  for (const [sign, family] of signs) if (text.includes(sign)) return family;
  return null;
};

/** A word with a slash or an underscore in it: a path, or a name made of parts. */
const PATHS = /[\w.~-]*[/_][\w./~-]*\w/g;

/** Without paths, numbers, capitals and the shape of white space: what all variants have in common. */
const plain = (text: string): string =>
  text.replace(PATHS, '*').replace(/\d+/g, '#').replace(/\s+/g, ' ').trim().toLowerCase();

/** Where a path stands the sentence is cut, so that what stands around it is known without it. */
const sentencesOf = (text: string): string[] =>
  plain(text)
    .split(/(?<=[.?!;])\s|\*/)
    .map((part) => part.trim())
    .filter((part) => part.length >= TELLING);
