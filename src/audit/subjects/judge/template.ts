/**
 * Prompts with placeholders, as Mustache, Jinja and most judges write them: `{{input}}`, `{{ output }}`, `{{{reference}}}`. Filled in one
 * pass over the author's text, so that a placeholder inside an answer stays what it is: text. Nothing is escaped or fenced: the audited judge gets
 * the prompt that its author wrote, holes included.
 */
import { inputError } from '../../../base/errors.ts';

export type Slot = 'input' | 'output' | 'reference' | 'opponent';

/** Names by which published prompts call the four. In a pair, `output` is what stands first and `opponent` what stands second. */
export const SLOT_NAMES: Readonly<Record<Slot, readonly string[]>> = {
  input: ['input', 'inputs', 'question', 'prompt', 'task'],
  output: ['output', 'outputs', 'answer', 'response', 'completion', 'submission', 'first', 'answer_a', 'response_a'],
  reference: ['reference', 'expected', 'ideal', 'reference_output', 'reference_outputs', 'ground_truth'],
  opponent: ['opponent', 'second', 'answer_b', 'response_b'],
};

const SLOTS: readonly Slot[] = ['input', 'output', 'reference', 'opponent'];
const slotNamed = (name: string): Slot | null => SLOTS.find((slot) => SLOT_NAMES[slot].includes(name)) ?? null;

export type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'slot'; readonly slot: Slot }
  /** Any other name: a column of the examples. */
  | { readonly kind: 'field'; readonly name: string };

export interface Template {
  readonly parts: readonly Part[];
  readonly slots: ReadonlySet<Slot>;
  readonly fields: readonly string[];
}

const PLACEHOLDER = /\{\{\{\s*([\p{L}_][\p{L}\p{N}_.-]*)\s*\}\}\}|\{\{\s*([\p{L}_][\p{L}\p{N}_.-]*)\s*\}\}/gu;

/** Takes every text: what is no placeholder is text. */
export const templateOf = (text: string): Template => {
  const parts: Part[] = [];
  let end = 0;
  for (const match of text.matchAll(PLACEHOLDER)) {
    if (match.index > end) parts.push({ kind: 'text', text: text.slice(end, match.index) });
    const name = match[1] ?? match[2] ?? '';
    const slot = slotNamed(name);
    parts.push(slot === null ? { kind: 'field', name } : { kind: 'slot', slot });
    end = match.index + match[0].length;
  }
  if (end < text.length) parts.push({ kind: 'text', text: text.slice(end) });
  return {
    parts,
    slots: new Set(parts.flatMap((part) => (part.kind === 'slot' ? [part.slot] : []))),
    fields: [...new Set(parts.flatMap((part) => (part.kind === 'field' ? [part.name] : [])))],
  };
};

export interface Filling {
  readonly slots: Readonly<Record<Slot, string | null>>;
  readonly fields: ReadonlyMap<string, string>;
}

/** The prompt, or the name of the first placeholder for which there is nothing. */
export type Filled =
  | { readonly kind: 'filled'; readonly text: string }
  | { readonly kind: 'missing'; readonly name: string };

export const fill = (template: Template, { slots, fields }: Filling): Filled => {
  let text = '';
  for (const part of template.parts) {
    if (part.kind === 'text') text += part.text;
    else {
      const value = part.kind === 'slot' ? slots[part.slot] : fields.get(part.name);
      if (value === undefined || value === null) {
        return { kind: 'missing', name: part.kind === 'slot' ? part.slot : part.name };
      }
      text += value;
    }
  }
  return { kind: 'filled', text };
};

/** Throws `unknown-placeholder` where a name is neither one of ours nor a column of the examples. */
export const requireFields = (template: Template, columns: ReadonlySet<string>, file: string): void => {
  const unknown = template.fields.find((name) => !columns.has(name));
  if (unknown === undefined) return;
  const ours = SLOTS.flatMap((slot) => SLOT_NAMES[slot]);
  throw inputError({
    code: 'unknown-placeholder',
    what: 'The prompt has a placeholder that nothing can fill.',
    given: `{{${unknown}}} in ${file}`,
    allowed: [...ours, ...columns].join(', '),
    todo: 'Rename it, or add a column of that name to the examples.',
  });
};
