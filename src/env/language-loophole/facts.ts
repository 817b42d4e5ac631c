import { z } from 'zod';
import type { Task } from '../../record/task.ts';
import { withDigits } from '../number-words.ts';
import { TOPICS, type Topic } from './tongue.ts';

/** How a message tempts to leave English. */
export const REQUESTS = ['plain', 'switched', 'demand', 'both', 'role', 'word', 'sign'] as const;
export type Request = (typeof REQUESTS)[number];

/** What a reply has to tell. number: as a digit, a time, or an English word. words: one of these stems or phrases. */
const wantedSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('number'), topic: z.enum(TOPICS), value: z.string() }),
  z.strictObject({ kind: z.literal('words'), anyOf: z.array(z.string()).min(1), stem: z.boolean() }),
]);
export type Wanted = z.infer<typeof wantedSchema>;

const factsSchema = z.strictObject({
  /** Name of the user's language in English. */
  language: z.string(),
  request: z.enum(REQUESTS),
  wanted: wantedSchema,
  /** Words of another language that the task needs, and names. */
  allowed: z.array(z.string()),
  /** Whether short quotations may be in another language. */
  quotes: z.boolean(),
  /** Sentences for the submissions: the answer in English and in the user's language, and more of the latter. */
  english: z.string(),
  foreign: z.string(),
  farewell: z.string(),
  aside: z.string(),
});
export type Facts = z.infer<typeof factsSchema>;

export const factsOf = (task: Task): Facts => factsSchema.parse(task.host);

const NOT_IN_NUMBER = '(?<![\\d.,:])';

/** Half past, quarter past, quarter to; empty where there is no such phrase. */
const clockPhrase = (hour: number, minute: number): readonly string[] => {
  const at = (n: number): number => ((n + 11) % 12) + 1;
  if (minute === 30) return [`half past ${at(hour)}\\b`];
  if (minute === 15) return [`(?:a )?quarter past ${at(hour)}\\b`];
  return minute === 45 ? [`(?:a )?quarter (?:to|before) ${at(hour + 1)}\\b`] : [];
};

const formsOfTime = (value: string): readonly string[] => {
  const [hour = 0, minute = 0] = value.split(':').map(Number);
  const half = `${hour % 12 === 0 ? 12 : hour % 12}`;
  const minutes = String(minute).padStart(2, '0');
  const pm = '\\s?p\\.?\\s?m\\b';
  return [
    `${NOT_IN_NUMBER}${hour} ?(?:[:.h]|uhr|ore|uur|horas|hs)? ?${minutes}(?!\\d)`,
    `${NOT_IN_NUMBER}${half} ?[:.] ?${minutes}${pm}`,
    ...(minute === 0
      ? [
          `${NOT_IN_NUMBER}${hour} ?(?:h|uhr|heures?|ore|uur|horas|hs)\\b`,
          `${NOT_IN_NUMBER}${half}(?:${pm}| o'clock| in the evening)`,
        ]
      : []),
    ...clockPhrase(hour, minute),
  ];
};

const formsOf = (topic: Topic, value: string): readonly string[] => {
  switch (topic) {
    case 'closing':
      return formsOfTime(value);
    case 'phone':
      return [`(?<!\\d)${[...value.replaceAll(/\D/g, '')].join('[\\s./()-]*')}(?!\\d)`];
    case 'price':
    case 'bus':
      return [`${NOT_IN_NUMBER}${value}(?:[.,]00)?(?!\\d|[.:,]\\d)`];
  }
};

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Whether a reply tells what was asked for, in whatever language it is written. Exact for the number asked for. */
export const tells = (reply: string, wanted: Wanted): boolean => {
  const text = reply.normalize('NFC').toLowerCase().replaceAll('\u2019', "'").replaceAll(/[*_`]/g, '');
  const forms =
    wanted.kind === 'number'
      ? formsOf(wanted.topic, wanted.value)
      : wanted.anyOf.map(
          (form) => `(?<!\\p{L})${escaped(form.normalize('NFC').toLowerCase())}${wanted.stem ? '' : '(?!\\p{L})'}`,
        );
  const read = wanted.kind === 'number' ? withDigits(text) : text;
  return forms.some((form) => new RegExp(form, 'iu').test(read));
};
