import { canonicalJson, sha256 } from '../../base/json.ts';
import type { Environment } from '../../env/environment.ts';
import { type DialectName, dialectNameSchema } from '../../record/rollout.ts';
import { type Message, promptSetSchema, registerSchema, splitSchema, type Task } from '../../record/task.ts';
import { DIALECTS } from '../../rollout/dialects/index.ts';
import { openingMessages } from '../../rollout/episode.ts';

export interface Match {
  readonly task: Task;
  /** The dialect whose instructions the prompt had; native where it had none. */
  readonly dialect: DialectName;
}

export type Matcher = (opening: readonly Message[]) => Match | null;

const keyOf = (opening: readonly Message[]): string =>
  sha256(canonicalJson(opening.map(({ role, text }) => [role, text.trim()])));

/** Low variants of the test split first: they are what an evaluation plays. */
function* tasksOf(environment: Environment): Generator<Task> {
  const { variants } = environment;
  for (let variant = 0; variant < Math.max(variants.test, variants.train); variant++)
    for (const split of splitSchema.options.toReversed())
      for (const register of registerSchema.options)
        for (const promptSet of promptSetSchema.options)
          if (variant < variants[split]) yield* environment.tasks({ split, register, promptSet, variant });
}

/** A task as a log may show it: with the instructions of a dialect, or bare. */
function* shapesOf(task: Task): Generator<readonly [string, DialectName]> {
  for (const name of dialectNameSchema.options) {
    const told = openingMessages(task, DIALECTS[name]).flatMap((message): Message[] =>
      message.role === 'system' || message.role === 'user' ? [{ role: message.role, text: message.text }] : [],
    );
    yield [keyOf(told), name];
  }
  yield [keyOf(task.messages), 'native'];
}

/**
 * Finds the task that a conversation was given: its system and user messages, word for word, space around them apart.
 * Tasks are made as far as needed and kept, so the first that is not found costs a pass over all variants.
 */
export const taskMatcher = (environments: readonly Environment[]): Matcher => {
  const found = new Map<string, Match>();
  const all = (function* (): Generator<Task> {
    for (const environment of environments) yield* tasksOf(environment);
  })();
  return (opening) => {
    const wanted = keyOf(opening);
    while (!found.has(wanted)) {
      const next = all.next();
      if (next.done === true) return null;
      for (const [key, dialect] of shapesOf(next.value)) {
        if (!found.has(key)) found.set(key, { task: next.value, dialect });
      }
    }
    return found.get(wanted) ?? null;
  };
};
