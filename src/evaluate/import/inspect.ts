/** Samples of Inspect's logs (format 2, `EvalSample`), as they stand in `.eval` archives and in `.json` files. */
import type { LogScore, StopReason, Usage } from '../../record/rollout.ts';
import { badLog, type Place } from './bad-log.ts';
import { usageIn } from './chat.ts';
import type { Conversation } from './conversation.ts';
import { amountIn, countIn, type Fields, fieldsIn, idIn, isFields, jsonIn, listIn, textIn, timeIn } from './fields.ts';
import { readMessages, stopIn } from './messages.ts';

/** What the head of a log says of all its samples. */
export interface InspectHead {
  readonly model: string | null;
}

/** `header`: the log without its samples. Throws `bad-log` on another version of the format. */
export const readHead = (header: unknown, place: Place): InspectHead => {
  const { version, eval: spec } = fieldsIn(header);
  const number = countIn(version);
  if (number !== null && number !== 1 && number !== 2) {
    throw badLog(place, `this is version ${number} of Inspect's logs`, 'versions 1 and 2');
  }
  return { model: textIn(fieldsIn(spec).model) };
};

const REFERENCE = /^(?:attachment|tc):\/\//;

/** Large texts stand once, in `attachments`, and are referred to. */
const resolved = (value: unknown, attachments: Fields): unknown => {
  if (typeof value === 'string' && REFERENCE.test(value)) {
    const name = value.replace(REFERENCE, '');
    return Object.hasOwn(attachments, name) ? attachments[name] : value;
  }
  if (Array.isArray(value)) return value.map((inner) => resolved(inner, attachments));
  if (!isFields(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, resolved(inner, attachments)]));
};

const LIMITS: Readonly<Record<string, StopReason>> = {
  message: 'turn-limit',
  turn: 'turn-limit',
  token: 'token-limit',
  context: 'token-limit',
  time: 'time-limit',
  working: 'time-limit',
  cost: 'cost-limit',
};

const stopOf = (sample: Fields): { readonly stop: StopReason | null; readonly error: string | null } => {
  const error = fieldsIn(sample.error);
  if (isFields(sample.error)) return { stop: null, error: textIn(error.message) ?? 'an error without a message' };
  const limit = textIn(fieldsIn(sample.limit).type);
  if (limit === null) return { stop: null, error: null };
  const stop = LIMITS[limit] ?? null;
  return stop === null ? { stop, error: `it was ended by the limit "${limit}"` } : { stop, error: null };
};

/** Of the model that is measured; a judge that is another model counts apart. */
const usageOf = (sample: Fields, model: string | null): Usage | null => {
  const byModel = fieldsIn(sample.model_usage);
  const names = Object.keys(byModel);
  const own = model !== null && names.includes(model) ? model : names.length === 1 ? names[0] : undefined;
  return own === undefined ? null : usageIn(byModel[own]);
};

const scoresOf = (sample: Fields): LogScore[] => {
  // Version 1 had one score without a name.
  const scores = isFields(sample.scores) ? sample.scores : isFields(sample.score) ? { score: sample.score } : {};
  return Object.entries(scores).map(([name, raw]) => {
    const { value, explanation } = fieldsIn(raw);
    return { name: name.toWellFormed(), value: jsonIn(value), reason: textIn(explanation) ?? '' };
  });
};

/** Throws `bad-log` where it is no sample. */
export const readSample = (raw: unknown, head: InspectHead, place: Place): Conversation => {
  const sample = fieldsIn(raw);
  const attachments = fieldsIn(sample.attachments);
  const output = fieldsIn(sample.output);
  const choice = fieldsIn(listIn(output.choices)[0]);
  const list = listIn(resolved(sample.messages, attachments));
  if (list.length === 0) throw badLog(place, 'this sample has no messages', "a sample of Inspect's with its messages");
  const messages = readMessages(list, place);
  const last = messages.at(-1);
  const stop = stopIn(choice.stop_reason);
  const model = textIn(output.model) ?? head.model;
  const epoch = countIn(sample.epoch);
  const id = idIn(sample.id);
  const seconds = amountIn(sample.total_time);
  return {
    place,
    id: id === null || epoch === null ? id : `${id}, epoch ${epoch}`,
    model: head.model ?? model,
    messages:
      last?.role === 'assistant' && last.stop === null && stop !== null
        ? messages.with(-1, { ...last, stop })
        : messages,
    ...stopOf(sample),
    usage: usageOf(sample, head.model) ?? usageOf(sample, model),
    startedAt: timeIn(sample.started_at),
    durationMs: seconds === null ? null : seconds * 1_000,
    scores: scoresOf(sample),
  };
};
