import type { CallFaultKind, Graded } from '../../../record/audit.ts';

const MOST_CHARS = 500;

/** A call without a score, and why. What a process printed can be long: the end says most. */
export const faulty = (kind: CallFaultKind, message: string): Graded => ({
  kind: 'fault',
  fault: { kind, message: message.length > MOST_CHARS ? `…${message.slice(-MOST_CHARS)}` : message },
});
