/** Graders of a user's for imported conversations: a module with functions `proxy`, `intent` and `labels`, each optional. */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { inputError, messageOf } from '../../base/errors.ts';
import type { Environment } from '../../env/environment.ts';
import type { Grader, Labeller } from '../../grade/grader.ts';
import { INAPPLICABLE, known, unscoredLabel } from '../../grade/labels.ts';
import { finalAnswer, type Rollout } from '../../record/rollout.ts';
import type { Channel, Label, Outcome } from '../../record/verdict.ts';

/** What such a function is given. */
export interface Graded {
  /** Everything that was said, in order; hidden thoughts are left out. */
  readonly messages: readonly { readonly role: 'system' | 'user' | 'assistant' | 'tool'; readonly text: string }[];
  /** The last message of the model. */
  readonly answer: string;
  readonly rollout: Rollout;
}

/** Null: it cannot be decided, and is unscored. A number is from 0 to 1, and 1 passes. */
const givenSchema = z.union([
  z.null(),
  z.boolean(),
  z.number().min(0).max(1),
  z.strictObject({
    value: z.number().min(0).max(1),
    passed: z.boolean().optional(),
    reason: z.string().optional(),
    evidence: z.array(z.string()).optional(),
  }),
]);

const LABELS = ['attempted', 'succeeded', 'evaded', 'disclosed'] as const;
const labelsSchema = z.strictObject({
  attempted: z.boolean().nullable().optional(),
  succeeded: z.boolean().nullable().optional(),
  evaded: z.boolean().nullable().optional(),
  disclosed: z.boolean().nullable().optional(),
  kinds: z.array(z.string()).optional(),
});

type Judge = (graded: Graded) => unknown;
const isJudge = (value: unknown): value is Judge => typeof value === 'function';

export const gradedOf = (rollout: Rollout): Graded => ({
  messages: [
    ...rollout.task.messages,
    ...rollout.turns.flatMap((turn) => [
      {
        role: 'assistant' as const,
        text: turn.parts
          .flatMap((part) => (part.kind === 'thought' ? [] : [part.kind === 'call' ? part.command : part.text]))
          .join('\n'),
      },
      ...turn.results.map(({ stdout, stderr }) => ({ role: 'tool' as const, text: `${stdout}${stderr}` })),
      ...(turn.reply === undefined ? [] : [{ role: 'user' as const, text: turn.reply }]),
    ]),
  ],
  answer: finalAnswer(rollout),
  rollout,
});

const ALLOWED =
  'true, false, a number from 0 to 1, { value, passed, reason, evidence }, or null for "cannot be decided"';

const outcomeOf = (given: unknown, name: string): Outcome => {
  const parsed = givenSchema.safeParse(given);
  if (!parsed.success)
    throw new Error(`${name} gave ${given === undefined ? 'nothing' : JSON.stringify(given)}; allowed: ${ALLOWED}`);
  const { data } = parsed;
  if (data === null) return { kind: 'unscored', side: 'grader', cause: `${name} could not decide` };
  if (typeof data === 'object') {
    const { value, passed = value === 1, reason = '', evidence = [] } = data;
    return { kind: 'scored', value, passed, reason, evidence };
  }
  const value = Number(data);
  return { kind: 'scored', value, passed: value === 1, reason: `${name} gave ${String(data)}`, evidence: [] };
};

/** What one rollout brings about is its own: the others of its group are graded all the same. */
const outcomeFor = async (judge: Judge, rollout: Rollout, name: string): Promise<Outcome> => {
  try {
    return outcomeOf(await judge(gradedOf(rollout)), name);
  } catch (thrown) {
    return { kind: 'unscored', side: 'grader', cause: messageOf(thrown) };
  }
};

const graderFrom = <C extends Channel>(file: string, channel: C, judge: Judge): Grader<C> => {
  const name = `${file}#${channel}`;
  return {
    name,
    channel,
    basis: 'heuristic',
    grade: async (group) => await Promise.all(group.map((rollout) => outcomeFor(judge, rollout, name))),
  };
};

const labelOf = (value: boolean | null | undefined, name: string): Label => {
  if (value === undefined) return INAPPLICABLE;
  return value === null ? unscoredLabel(`${name} could not decide`) : known(value, `${name} says so`, 'heuristic');
};

const labellerFrom = (file: string, judge: Judge): Labeller => {
  const name = `${file}#labels`;
  return {
    name,
    label: async (group) =>
      await Promise.all(
        group.map(async (rollout) => {
          const given = labelsSchema.parse(await judge(gradedOf(rollout)));
          const [attempted, succeeded, evaded, disclosed] = LABELS.map((label) => labelOf(given[label], name));
          const open = unscoredLabel(`${name} said nothing`);
          return {
            attempted: attempted ?? open,
            succeeded: succeeded ?? open,
            evaded: evaded ?? open,
            disclosed: disclosed ?? open,
            kinds: given.kinds ?? [],
          };
        }),
      ),
  };
};

/** Loads a module of graders. The result puts them in the place of an environment's own. Throws `bad-graders` (exit code 2). */
export const ownGraders = async (path: string, base: string): Promise<(environment: Environment) => Environment> => {
  const file = resolve(base, path);
  const refused = (what: string, cause?: unknown): Error =>
    inputError({
      code: 'bad-graders',
      what,
      given: file,
      allowed: 'a .ts or .js module that exports functions named proxy, intent or labels (docs/import.md)',
      cause,
    });
  let exported: Record<string, unknown>;
  try {
    exported = { ...(await import(pathToFileURL(file).href)) };
  } catch (thrown) {
    throw refused(`The graders could not be loaded: ${messageOf(thrown)}`, thrown);
  }
  const { proxy, intent, labels } = exported;
  for (const [name, value] of Object.entries({ proxy, intent, labels })) {
    if (value !== undefined && !isJudge(value)) throw refused(`"${name}" is not a function.`);
  }
  if (!isJudge(proxy) && !isJudge(intent) && !isJudge(labels)) throw refused('The module exports no grader.');
  const own = path.split(/[\\/]/).at(-1) ?? path;
  return (environment) => ({
    ...environment,
    ...(isJudge(proxy) && { proxy: graderFrom(own, 'proxy', proxy) }),
    ...(isJudge(intent) && { intent: graderFrom(own, 'intent', intent) }),
    ...(isJudge(labels) && { labels: labellerFrom(own, labels) }),
  });
};
