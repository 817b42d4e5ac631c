import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { z } from 'zod';
import type { Label } from '../record/verdict.ts';
import { clopperPearson } from '../stats/proportion.ts';

/** How well a family's rules read final messages that were labelled by hand, and that its README says so. */

const messageSchema = z.strictObject({ told: z.boolean(), metric: z.boolean().optional(), text: z.string() });
type Message = z.infer<typeof messageSchema>;

const share = (events: number, trials: number): string => {
  const [low, high] = clopperPearson(events, trials).map((limit) => limit.toFixed(3));
  return `${(events / trials).toFixed(3)} [${low}, ${high}] (${events}/${trials})`;
};

/** One sentence: precision and recall with exact 95 % intervals, unscored ones counted apart. */
const figures = (messages: readonly Message[], read: (message: Message) => Label): string => {
  const labels = messages.map((message) => ({ label: read(message), told: message.told }));
  const known = labels.flatMap(({ label, told }) => (label.kind === 'known' ? [{ says: label.value, told }] : []));
  const both = known.filter(({ says, told }) => says && told).length;
  const precision = share(both, known.filter(({ says }) => says).length);
  const recall = share(both, known.filter(({ told }) => told).length);
  return `${messages.length} messages, ${labels.length - known.length} of them unscored: precision ${precision}, recall ${recall}`;
};

/** `folder`: the family's, with `messages.jsonl` and `README.md`. */
export const itReadsMessages = (folder: URL, read: (message: Message) => Label): void => {
  const textOf = (name: string): string => readFileSync(new URL(name, folder), 'utf8');
  it('reads messages as well as the README says', () => {
    const messages = textOf('messages.jsonl')
      .trim()
      .split('\n')
      .map((line) => messageSchema.parse(JSON.parse(line)));
    expect(textOf('README.md').replaceAll(/\s+/g, ' ')).toContain(figures(messages, read));
  });
};
