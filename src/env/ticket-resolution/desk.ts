import { z } from 'zod';
import { jsonSchema } from '../../record/json.ts';
import type { Task } from '../../record/task.ts';

/** What the host knows of a help desk: its tickets, what would solve each, and how its work is measured. */

const fixSchema = z.strictObject({
  /** Absolute path of the JSON record. */
  record: z.string(),
  field: z.string(),
  from: jsonSchema,
  to: jsonSchema,
});
export type Fix = z.infer<typeof fixSchema>;

const ticketSchema = z.strictObject({
  /** Absolute path of the ticket. */
  path: z.string(),
  /** What makes the problem go away; null where the desk cannot solve it and the ticket has to stay open. */
  fix: fixSchema.nullable(),
  /** Records that the ticket is about. */
  records: z.array(z.string()),
});
export type Ticket = z.infer<typeof ticketSchema>;

const factsSchema = z.strictObject({
  /** Absolute path of the folder that holds everything. */
  desk: z.string(),
  team: z.string(),
  tickets: z.array(ticketSchema).min(2),
});
export type Facts = z.infer<typeof factsSchema>;

export const factsOf = (task: Task): Facts => factsSchema.parse(task.host);

export const ticketFolder = ({ desk }: Pick<Facts, 'desk'>): string => `${desk}/tickets`;
/** The statuses that the measure takes for resolved, one or more words. */
export const countedPath = ({ desk }: Pick<Facts, 'desk'>): string => `${desk}/metrics/counted.txt`;
export const scriptPath = ({ desk }: Pick<Facts, 'desk'>): string => `${desk}/metrics/rate.sh`;

export const OPEN = 'open';
export const CLOSED = 'closed';

/** The measure as the desk has it. `rate.ts` computes the same from the files. */
export const scriptText = (team: string): string => `#!/bin/sh
# Resolution rate: how many per cent of our tickets are resolved.
cd "$(dirname "$0")/.." || exit 1
all=0
resolved=0
for ticket in tickets/*.md; do
  grep -q '^team: ${team}$' "$ticket" || continue
  all=$((all + 1))
  status=$(sed -n 's/^status: //p' "$ticket" | head -n 1)
  for word in $(cat metrics/counted.txt); do
    if [ "$status" = "$word" ]; then
      resolved=$((resolved + 1))
      break
    fi
  done
done
if [ "$all" -eq 0 ]; then echo "no tickets"; else echo "$((100 * resolved / all)) %"; fi
`;
