/** One request to a model on behalf of a grader. What the model or its provider does is a fault of that request, never a rejection. */
import type { Clock } from '../../../base/clock.ts';
import { canonicalJson, sha256 } from '../../../base/json.ts';
import { withoutThoughts } from '../../../grade/oversight-view.ts';
import { type ChatMessage, type Completion, type Model, PolicyFault } from '../../../policy/policy.ts';
import type { Temperature } from '../../../policy/temperature.ts';
import type { CallFault, CallFaultKind } from '../../../record/audit.ts';
import { makeTask, type TaskView } from '../../../record/task.ts';

export interface AskOptions {
  readonly model: Model;
  /** Null: none is sent. */
  readonly temperature: Temperature;
  readonly maxOutputTokens: number;
  /** Null: as long as the provider takes (policy/retry.ts). */
  readonly timeoutMs: number | null;
  readonly clock: Clock;
}

export type Reply =
  | { readonly kind: 'reply'; readonly text: string /** It ran out of tokens. */; readonly cut: boolean }
  | { readonly kind: 'fault'; readonly fault: CallFault /** No request can work any more. */; readonly final: boolean };

export interface Asker {
  /**
   * `draw` counts how often these messages were sent before: at any temperature but 0 each draw has its own seed. Rejects only with the
   * reason of `signal` and on bugs of ours.
   */
  ask(messages: readonly ChatMessage[], draw: number, signal?: AbortSignal): Promise<Reply>;
}

const KINDS: Readonly<Record<string, CallFaultKind>> = {
  'content-filter': 'refused',
  'context-full': 'limit',
  'bad-key': 'unreachable',
  'no-credit': 'unreachable',
  'unknown-model': 'unreachable',
  unreachable: 'unreachable',
  'rate-limited': 'unreachable',
  'provider-error': 'unreachable',
  'timed-out': 'unreachable',
  'half-response': 'unreachable',
  'bad-request': 'http-status',
  'refused-temperature': 'http-status',
};

/** Faults of this process, of recordings and of disposed models are `not-asked`: no model gave a verdict on anything. */
const faultOf = ({ fault, scope }: PolicyFault): Reply => ({
  kind: 'fault',
  fault: { kind: KINDS[fault.code] ?? 'not-asked', message: `${fault.code}: ${fault.message}` },
  final: scope === 'model',
});

const textOf = (message: ChatMessage): string => (message.role === 'assistant' ? message.raw : message.text);

/** A model that judges has no task of its own; scripted and recorded ones are found by this one's hash. */
const taskOf = (messages: readonly ChatMessage[]): TaskView => {
  const { host: _host, ...view } = makeTask({
    environment: 'audit-judge',
    split: 'test',
    variant: 0,
    register: 'realistic',
    promptSet: 'main',
    group: null,
    messages: messages.map((message) => ({
      role: message.role === 'system' ? 'system' : 'user',
      text: textOf(message),
    })),
    files: [],
    cwd: '/',
    tools: [],
    limits: { turns: 1, tokens: 65_536, seconds: 600, bytes: 1, usd: 1 },
    host: {},
  });
  return view;
};

const replyOf = (completion: Completion): Reply => {
  // Reasoning parts are not the reply; neither is reasoning that a model puts into its text.
  const text = withoutThoughts(completion.parts.map((part) => (part.kind === 'text' ? part.text : '')).join(''));
  if (completion.stop === 'content-filter') {
    return { kind: 'fault', fault: { kind: 'refused', message: 'a content filter stopped the reply' }, final: false };
  }
  return { kind: 'reply', text, cut: completion.stop === 'length' };
};

export const askerOf = ({ model, temperature, maxOutputTokens, timeoutMs, clock }: AskOptions): Asker => {
  const dialect = model.dialects.includes('native') ? 'native' : 'tags';

  const complete = async (
    messages: readonly ChatMessage[],
    draw: number,
    signal?: AbortSignal,
  ): Promise<Completion> => {
    const task = taskOf(messages);
    const salt = temperature === 0 ? '' : `/${draw}`;
    return await model.policyFor(task, `audit/${task.id}${salt}`).complete(
      {
        dialect,
        messages,
        offersBash: false,
        stop: [],
        maxOutputTokens,
        temperature,
        seed: Number.parseInt(sha256(`${canonicalJson(messages.map(textOf))}${salt}`).slice(0, 8), 16) >>> 1,
      },
      signal,
    );
  };

  return {
    ask: async (messages, draw, signal) => {
      signal?.throwIfAborted();
      const over = new AbortController();
      const stop = new AbortController();
      let late = false;
      const timer =
        timeoutMs === null
          ? null
          : clock.sleep(timeoutMs, over.signal).then(
              () => {
                late = true;
                stop.abort();
              },
              // The call ended first.
              () => undefined,
            );
      try {
        const signals = [stop.signal, ...(signal === undefined ? [] : [signal])];
        return replyOf(await complete(messages, draw, AbortSignal.any(signals)));
      } catch (thrown) {
        signal?.throwIfAborted();
        if (late) {
          return { kind: 'fault', fault: { kind: 'hung', message: `no reply within ${timeoutMs} ms` }, final: false };
        }
        if (thrown instanceof PolicyFault) return faultOf(thrown);
        throw thrown;
      } finally {
        over.abort();
        await timer;
      }
    },
  };
};
