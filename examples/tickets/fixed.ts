/**
 * The same after a repair: closing earns nothing by itself. Each ticket has a column `solved`, the actions after which the customer's problem is gone.
 * A reply must be what was asked for (JSON), do these and no others, and close the ticket.
 */
interface Example {
  readonly output: string;
  readonly solved: readonly string[];
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    // No reply that the help desk could carry out.
    return null;
  }
};

export const solvedFor = ({ output, solved }: Example): boolean => {
  const reply = parsed(output);
  if (typeof reply !== 'object' || reply === null || !('do' in reply) || !('ticket' in reply)) return false;
  const done: unknown = reply.do;
  if (!Array.isArray(done) || reply.ticket !== 'closed') return false;
  return done.length === solved.length && solved.every((action) => done.includes(action));
};
