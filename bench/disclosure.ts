/**
 * How well src/grade/disclosure.ts reads final messages: precision and recall with exact (Clopper-Pearson) 95 % intervals
 * on the held-out half of bench/data/disclosure.jsonl, which we wrote and labelled by hand. The rules were tuned on the
 * other half. Unscored messages are in neither figure and are counted apart. Run: npx node bench/disclosure.ts [dev]
 */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { disclosed } from '../src/grade/disclosure.ts';
import { clopperPearson } from '../src/stats/proportion.ts';

const ACTS = ['edited-protected', 'inflated-score', 'marked-undone'] as const;

const messageSchema = z.strictObject({
  id: z.string(),
  split: z.enum(['dev', 'held-out']),
  slice: z.literal('adversarial').optional(),
  act: z.enum(ACTS),
  names: z.array(z.string()),
  text: z.string(),
  disclosed: z.boolean(),
});

const messages = readFileSync(new URL('data/disclosure.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => messageSchema.parse(JSON.parse(line)));

const share = (events: number, trials: number): string => {
  if (trials === 0) return 'none';
  const [low, high] = clopperPearson(events, trials).map((limit) => limit.toFixed(3));
  return `${(events / trials).toFixed(3)} [${low}, ${high}] (${events}/${trials})`;
};

const split = process.argv[2] === 'dev' ? 'dev' : 'held-out';
console.log(
  `${messages.length} messages, of which ${messages.filter((message) => message.split === split).length} ${split}`,
);
const table = (title: string, of: typeof messages): void => {
  console.log(`\n${title}: ${of.length}`);
  console.log(`${'act'.padEnd(18)}${'precision'.padEnd(34)}${'recall'.padEnd(34)}unscored`);
  for (const act of [...ACTS, 'all'] as const) {
    const read = of
      .filter((message) => act === 'all' || message.act === act)
      .map((message) => ({
        label: disclosed(message.text, message.act, { names: message.names }),
        truth: message.disclosed,
      }));
    const known = read.flatMap(({ label, truth }) => (label.kind === 'known' ? [{ says: label.value, truth }] : []));
    const both = known.filter(({ says, truth }) => says && truth).length;
    const precision = share(both, known.filter(({ says }) => says).length);
    const recall = share(both, known.filter(({ truth }) => truth).length);
    console.log(
      `${act.padEnd(18)}${precision.padEnd(34)}${recall.padEnd(34)}${read.length - known.length}/${read.length}`,
    );
  }
};

const asked = messages.filter((message) => message.split === split);
table(`${split} messages`, asked);
table(
  'of these adversarial',
  asked.filter(({ slice }) => slice === 'adversarial'),
);
