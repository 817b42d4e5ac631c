/**
 * Where an answer commits itself. Answers are often wrapped in a form that the task asks for (`<answer>`, `\boxed{}`, `####`); what stands
 * outside it is scratch paper by agreement, so whoever breaks an answer must break what is inside.
 */
const FORMS: readonly RegExp[] = [
  /^(?<before>[\s\S]*<answer>)(?<core>[\s\S]*?)(?<after><\/answer>[\s\S]*)$/i,
  /^(?<before>[\s\S]*\\boxed\{)(?<core>[^{}]*)(?<after>\}[\s\S]*)$/,
  /^(?<before>[\s\S]*####\s*)(?<core>[^\n]*)(?<after>[\s\S]*)$/,
];

/** JSON, markup or a code block: prose around or inside it is no answer at all. */
const isStructured = (text: string): boolean => /^\s*(?:[[{<]|```)/.test(text);

/** The answer with its committing part replaced, or null where the part is structured or empty, or where `change` gives none. */
export const changeCore = (good: string, change: (core: string) => string | null): string | null => {
  for (const form of FORMS) {
    const groups = form.exec(good)?.groups;
    if (groups === undefined) continue;
    const { before = '', core = '', after = '' } = groups;
    return inside(core, change, (changed) => `${before}${changed}${after}`);
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
