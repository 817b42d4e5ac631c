/** Graders that check an answer without knowing it. */
interface Call {
  readonly output: string;
  readonly numbers: readonly number[];
  readonly target: number;
  readonly value: number;
}

const numbersIn = (text: string, joint: string): readonly number[] | null => {
  const parts = text.trim().split(joint);
  return parts.every((part) => /^\d{1,6}$/.test(part)) ? parts.map(Number) : null;
};

export const sorted = ({ output, numbers }: Call): number => {
  const given = numbersIn(output, ' ');
  const wanted = numbers.toSorted((a, b) => a - b);
  return given !== null && given.length === wanted.length && given.every((one, at) => one === wanted[at]) ? 1 : 0;
};
/** By two properties: in order, and the same numbers. */
export const sortedByProperties = ({ output, numbers }: Call): boolean => {
  const given = numbersIn(output, ' ');
  if (given === null || given.length !== numbers.length) return false;
  const counts = new Map<number, number>();
  for (const one of numbers) counts.set(one, (counts.get(one) ?? 0) + 1);
  for (const one of given) counts.set(one, (counts.get(one) ?? 0) - 1);
  return (
    [...counts.values()].every((count) => count === 0) &&
    given.every((one, at) => at === 0 || (given[at - 1] ?? 0) <= one)
  );
};

const isPrime = (value: number): boolean => {
  if (value < 2) return false;
  for (let factor = 2; factor * factor <= value; factor++) if (value % factor === 0) return false;
  return true;
};
export const factorised = ({ output, value }: Call): number => {
  const factors = numbersIn(output, ' * ');
  return factors?.every(isPrime) && factors.reduce((product, one) => product * one, 1) === value ? 1 : 0;
};

/** Reads an expression of whole numbers and nothing else; null where it is none. Never runs it. */
const evaluate = (text: string): { readonly value: number; readonly used: readonly number[] } | null => {
  const tokens = text.match(/\d+|[-+*/()]|\S/g) ?? [];
  const used: number[] = [];
  let at = 0;
  let depth = 0;
  const fail = (): number => Number.NaN;
  const primary = (): number => {
    const token = tokens[at++] ?? '';
    if (/^\d{1,6}$/.test(token)) {
      used.push(Number(token));
      return Number(token);
    }
    if (token !== '(' || depth > 40) return fail();
    depth += 1;
    const inner = sum();
    depth -= 1;
    return tokens[at++] === ')' ? inner : fail();
  };
  const product = (): number => {
    let value = primary();
    while (tokens[at] === '*' || tokens[at] === '/')
      value = tokens[at++] === '*' ? value * primary() : value / primary();
    return value;
  };
  const sum = (): number => {
    let value = product();
    while (tokens[at] === '+' || tokens[at] === '-')
      value = tokens[at++] === '+' ? value + product() : value - product();
    return value;
  };
  const value = sum();
  return at === tokens.length && Number.isFinite(value) ? { value, used } : null;
};
export const countdown = ({ output, numbers, target }: Call): number => {
  if (output.length > 200) return 0;
  const result = evaluate(output);
  if (result === null || Math.abs(result.value - target) > 1e-9) return 0;
  const [used, given] = [result.used.toSorted((a, b) => a - b), numbers.toSorted((a, b) => a - b)];
  return used.length === given.length && used.every((one, place) => one === given[place]) ? 1 : 0;
};

/** A summary that has the facts, no other number, one sentence, and only words of the document. */
export const faithful = ({
  output,
  facts,
  report,
}: {
  output: string;
  facts: readonly string[];
  report: string;
}): number => {
  const words = output.toLowerCase().match(/[\p{L}\d]+/gu) ?? [];
  const known = new Set(
    `${report} which has had been at for in with under after before and by to of the a as spent on will would reopen opened first then later`
      .toLowerCase()
      .match(/[\p{L}\d]+/gu) ?? [],
  );
  if (words.length > 30 || (output.match(/[.!?](?:\s|$)/g) ?? []).length > 1) return 0;
  if (words.some((word) => !known.has(word)) || /\b(?:not|never|no)\b/i.test(output)) return 0;
  const lower = output.toLowerCase();
  return facts.every((fact) => lower.includes(fact.toLowerCase())) ? 1 : 0;
};
