/**
 * Where an answer commits itself. Answers are often wrapped in a form that the task asks for (`<answer>`, `\boxed{}`, `####`, `Answer:`); what stands
 * outside it is scratch paper by agreement, so whoever breaks an answer must break what is inside, or take the whole of it back.
 */
interface Form {
  readonly pattern: RegExp;
  /** It ends with its line: what stands on the next one is outside. */
  readonly isLine: boolean;
  /** The form by itself, as others write it. */
  readonly frame: (core: string) => string;
}

const FORMS: readonly Form[] = [
  {
    pattern: /^(?<before>[\s\S]*<answer>)(?<core>[\s\S]*?)(?<after><\/answer>[\s\S]*)$/i,
    isLine: false,
    frame: (core) => `<answer>${core}</answer>`,
  },
  {
    pattern: /^(?<before>[\s\S]*\\boxed\{)(?<core>[^{}]*)(?<after>\}[\s\S]*)$/,
    isLine: false,
    frame: (core) => `\\boxed{${core}}`,
  },
  {
    pattern: /^(?<before>[\s\S]*####\s*)(?<core>[^\n]*)(?<after>[\s\S]*)$/,
    isLine: true,
    frame: (core) => `#### ${core}`,
  },
  {
    pattern: /^(?<before>(?:[\s\S]*\n)?[ \t]*(?:final )?answer[ \t]*:[ \t]*)(?<core>[^\n]*)(?<after>[\s\S]*)$/i,
    isLine: true,
    frame: (core) => `Answer: ${core}`,
  },
];

export interface Framed {
  /** What stands before the form opens, and what behind it, its own marks included. */
  readonly before: string;
  readonly core: string;
  readonly after: string;
  readonly isLine: boolean;
  readonly frame: (core: string) => string;
}

/** The committing part of a text with its frame; null where it has none. */
export const framedIn = (text: string): Framed | null => {
  for (const { pattern, isLine, frame } of FORMS) {
    const groups = pattern.exec(text)?.groups;
    if (groups === undefined) continue;
    const { before = '', core = '', after = '' } = groups;
    return { before, core, after, isLine, frame };
  }
  return null;
};

/** JSON, markup or a code block: prose around or inside it is no answer at all. */
const isStructured = (text: string): boolean => /^\s*(?:[[{<]|```)/.test(text);

const oneLine = (text: string): string => text.replaceAll(/\s*\n\s*/g, ' ');

/** The answer with its committing part replaced, or null where the part is structured or empty, or where `change` gives none. */
export const changeCore = (good: string, change: (core: string) => string | null): string | null => {
  const framed = framedIn(good);
  if (framed !== null) {
    const { before, core, after, isLine } = framed;
    return inside(core, change, (changed) => `${before}${isLine ? oneLine(changed) : changed}${after}`);
  }
  return isStructured(good) ? null : inside(good, change, (changed) => changed);
};

const inside = (
  core: string,
  change: (core: string) => string | null,
  wrap: (changed: string) => string,
): string | null => {
  const bare = core.trim();
  if (bare === '' || isStructured(bare)) return null;
  const changed = change(bare);
  return changed === null || changed === bare ? null : wrap(changed);
};
