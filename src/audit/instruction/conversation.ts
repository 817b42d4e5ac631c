/**
 * The adversarial input to a model as one text: a single message of the user as it is, or JSON lines with a role and a text for several turns.
 * What is not wholly of that form is a single message, so any text is a conversation.
 */
import { z } from 'zod';

export interface Turn {
  /** `assistant`: words put into the model's mouth; it did not say them. */
  readonly role: 'user' | 'assistant';
  readonly text: string;
}

const turnSchema = z.strictObject({ role: z.enum(['user', 'assistant']), text: z.string() });

const turnOf = (line: string): Turn | null => {
  if (!line.trimStart().startsWith('{')) return null;
  try {
    return turnSchema.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    // A message that looks like JSON and is none.
    return null;
  }
};

export const conversationOf = (text: string): readonly Turn[] => {
  const turns = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(turnOf);
  const whole = turns.filter((turn) => turn !== null);
  const usable = whole.length > 0 && whole.length === turns.length && whole.at(-1)?.role === 'user';
  return usable ? whole : [{ role: 'user', text }];
};

/** The inverse: one message stays plain text unless it could be taken for turns. The last turn is the user's. */
export const conversationText = (turns: readonly Turn[]): string => {
  const [first] = turns;
  if (turns.length === 1 && first?.role === 'user' && conversationOf(first.text)[0]?.text === first.text)
    return first.text;
  return turns.map(({ role, text }) => JSON.stringify({ role, text })).join('\n');
};
