import { runError } from '../base/errors.ts';
import type { ChatMessage } from '../policy/policy.ts';
import type { Part, Rollout } from '../record/rollout.ts';
import { DIALECTS } from '../rollout/dialects/index.ts';
import { openingMessages } from '../rollout/episode.ts';

/** Token ids of a whole transcript, and for each whether the policy sampled it (1) or was given it (0). */
export interface EncodedTranscript {
  readonly ids: ArrayLike<number>;
  readonly sampled: ArrayLike<number | boolean>;
}

/** Writes messages as token ids. An assistant message with `echo: { ids }` is written as those ids, never as text. */
export type Encode = (messages: readonly ChatMessage[]) => EncodedTranscript;

/** An episode as one sequence of T tokens, ready to be trained on. It ends with the last token that was sampled. */
export interface Transcript {
  readonly ids: Int32Array;
  /** [T - 1]: 1 where the policy sampled ids[t + 1]; 0 where a prompt or a tool wrote it. */
  readonly mask: Uint8Array;
  /** [T - 1]: natural logarithm of the probability with which the policy sampled ids[t + 1]; 0 where it did not. */
  readonly logprobs: Float32Array;
  /** How many tokens the policy sampled. */
  readonly trained: number;
}

/** The transcript of a rollout as its policy saw it, with the ids that were sampled. */
export const messagesIn = (rollout: Rollout): ChatMessage[] => {
  const dialect = DIALECTS[rollout.dialect];
  const messages = openingMessages(rollout.task, dialect);
  for (const [index, { parts, raw, tokens, results, reply }] of rollout.turns.entries()) {
    messages.push({ role: 'assistant', parts, raw, echo: { ids: [...(tokens?.ids ?? [])] } });
    const malformed = parts.filter((part) => part.kind === 'malformed');
    if (index === rollout.turns.length - 1) continue;
    // An answer that the user replied to called nothing, and gets no word of a tool.
    if (reply === undefined || parts.some(isAction)) messages.push(...dialect.answers(results, malformed));
    if (reply !== undefined) messages.push({ role: 'user', text: reply });
  }
  return messages;
};

const isAction = ({ kind }: Part): boolean => kind === 'call' || kind === 'malformed';

/**
 * The tokens of a rollout exactly as they were sampled: nothing that the policy wrote is tokenised again. Throws
 * `no-tokens` where a turn was recorded without ids and log-probabilities, and `not-an-extension` where the turns are
 * not one sequence, each prompt going on from the one before it.
 */
export const trajectory = (rollout: Rollout, encode: Encode): Transcript => {
  const turns = rollout.turns.map(({ tokens, usage }) => {
    if (tokens === null || tokens.ids.length !== tokens.logprobs.length) throw noTokens(rollout);
    return { ...tokens, promptTokens: usage.inputTokens };
  });
  const { ids, sampled } = encode(messagesIn(rollout));
  const wanted = turns.reduce((sum, turn) => sum + turn.ids.length, 0);
  const logprobsAt = new Float32Array(ids.length);
  let at = 0;
  let taken = 0;
  for (const turn of turns) {
    while (at < ids.length && !sampled[at]) at++;
    // A turn of no tokens at all (the context was full) has no place of its own.
    if (turn.ids.length > 0 && at !== turn.promptTokens) throw notAnExtension(rollout, turn.promptTokens, at);
    for (const [i, id] of turn.ids.entries()) {
      if (!sampled[at] || ids[at] !== id) throw notAnExtension(rollout, id, ids[at]);
      logprobsAt[at++] = turn.logprobs[i] ?? Number.NaN;
      taken++;
    }
  }
  const end = at;
  for (; at < ids.length; at++) if (sampled[at]) throw notAnExtension(rollout, wanted, taken + 1);

  const steps = Math.max(0, end - 1);
  const mask = new Uint8Array(steps);
  for (let t = 0; t < steps; t++) mask[t] = sampled[t + 1] ? 1 : 0;
  return {
    ids: Int32Array.from({ length: end }, (_, t) => ids[t] ?? 0),
    mask,
    logprobs: logprobsAt.slice(1, end),
    trained: mask.reduce((sum, one) => sum + one, 0),
  };
};

const noTokens = (rollout: Rollout): Error =>
  runError({
    code: 'no-tokens',
    what: 'A rollout cannot be trained on: its tokens were not recorded.',
    given: `${rollout.id}, played by ${rollout.policy.spec}`,
    allowed: 'rollouts of a model that gives ids and log-probabilities (engine:...)',
  });

const notAnExtension = (rollout: Rollout, wanted: number, found: number | undefined): Error =>
  runError({
    code: 'not-an-extension',
    what: 'The turns of a rollout do not make one sequence of tokens.',
    given: `${rollout.id}: ${wanted} where ${found ?? 'nothing'} stands`,
    todo: 'The model and the tokenizer of the trainer must be those that sampled the rollout.',
  });
