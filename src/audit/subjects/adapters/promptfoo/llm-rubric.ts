/** `llm-rubric`: a model decides whether an output meets a rubric, and is read as promptfoo reads it. */
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import type { Clock } from '../../../../base/clock.ts';
import { inputError } from '../../../../base/errors.ts';
import { fixedConcurrency } from '../../../../policy/concurrency.ts';
import type { ChatMessage, Model } from '../../../../policy/policy.ts';
import { askerOf } from '../../judge/ask.ts';
import { noVerdict } from '../../judge/judge.ts';
import { objectsIn } from '../../judge/verdict.ts';
import type { Result } from './total.ts';
import { render, type Vars } from './vars.ts';

/**
 * Ours, in the place of promptfoo's default prompt, which belongs to its authors: it asks the same of the model. Whoever wants their very
 * prompt audited sets rubricPrompt.
 */
export const DEFAULT_RUBRIC_PROMPT: readonly Message[] = [
  {
    role: 'system',
    content:
      'You decide whether an output meets a rubric. Reply with one JSON object and nothing else: {"reason": why, in one sentence, "pass": true or false, "score": from 0.0 to 1.0}.',
  },
  { role: 'user', content: '<Output>\n{{output}}\n</Output>\n<Rubric>\n{{rubric}}\n</Rubric>' },
];

const messageSchema = z.object({ role: z.enum(['system', 'user', 'assistant']), content: z.string() });
type Message = z.infer<typeof messageSchema>;

/** A prompt as text, or as a list of messages in JSON or YAML. Throws `unreadable-grader`. */
export const rubricMessages = (prompt: string | null): readonly Message[] => {
  if (prompt === null) return DEFAULT_RUBRIC_PROMPT;
  if (!/^\s*(?:\[|- )/.test(prompt)) return [{ role: 'user', content: prompt }];
  const checked = z.array(messageSchema).min(1).safeParse(parseYaml(prompt));
  if (checked.success) return checked.data;
  throw inputError({
    code: 'unreadable-grader',
    what: 'The rubricPrompt looks like a list of messages and is none.',
    given: prompt.slice(0, 200),
    allowed: 'text, or a list of {role, content}',
    todo: 'Correct it, or write it as text.',
  });
};

const chatMessage = ({ role, content }: Message): ChatMessage =>
  role === 'assistant'
    ? { role, parts: [{ kind: 'text', text: content }], raw: content, echo: null }
    : { role, text: content };

export interface RubricJudge {
  ask(messages: readonly Message[], vars: Vars, threshold: number | null, signal?: AbortSignal): Promise<Result>;
}

/**
 * The first JSON object of the reply counts. A verdict that is left out passes, and a score that is left out is that of the verdict: both as in
 * promptfoo, and both holes to be found.
 */
const readReply = (text: string, threshold: number | null): Result | null => {
  const [found] = objectsIn(text);
  if (found === undefined) return null;
  const said: unknown = Reflect.get(found, 'pass') ?? true;
  const pass = typeof said === 'boolean' ? said : /^(?:true|yes|pass|y)$/i.test(String(said));
  const given: unknown = Reflect.get(found, 'score');
  const score = typeof given === 'number' && Number.isFinite(given) ? given : Number(pass);
  return { kind: 'checked', pass: pass && (threshold === null || score >= threshold), score };
};

/** Does not own the model. */
export const rubricJudge = (model: Model, timeoutMs: number | null, clock: Clock): RubricJudge => {
  const asker = askerOf({ model, temperature: 0, maxOutputTokens: 1_024, timeoutMs, clock });
  const slots = fixedConcurrency(Math.max(1, Math.min(32, model.maxConcurrency)));
  let dead: Result | null = null;
  return {
    ask: (messages, vars, threshold, signal) =>
      slots.run(async () => {
        if (dead !== null) return dead;
        const filled = messages.map(({ role, content }) => ({ role, content: String(render(content, vars)) }));
        const reply = await asker.ask(filled.map(chatMessage), 0, signal);
        if (reply.kind === 'fault') {
          const result: Result = { kind: 'fault', fault: reply.fault };
          if (reply.final) dead = result;
          return result;
        }
        const result = readReply(reply.text, threshold);
        if (result !== null) return result;
        const graded = noVerdict(reply, 'no JSON object in it');
        if (graded.kind === 'fault') return graded;
        throw new Error('a reply without a verdict has no score');
      }, signal),
  };
};

const PREFIXES: readonly (readonly [RegExp, string])[] = [
  [/^openai:(?:chat|responses|completion):/, 'openai:'],
  [/^anthropic:(?:messages|completion):/, 'anthropic:'],
];

/** promptfoo's name of a provider as one of ours. */
export const modelSpecOf = (provider: string): string => {
  const [pattern, prefix] = PREFIXES.find(([known]) => known.test(provider)) ?? [];
  return pattern === undefined || prefix === undefined ? provider : provider.replace(pattern, prefix);
};
