import type { NpmSpec } from './npm-spec.ts';

/** How a package's scorers are called. What no name fits is called with everything under every usual name. */
export type Convention = 'autoevals' | 'openevals' | 'mastra' | 'any';

export const conventionOf = (name: string): Convention => {
  if (name === 'autoevals' || name === 'openevals') return name;
  return name === '@mastra/evals' ? 'mastra' : 'any';
};

/** In the first line of what the module throws where the package has no such scorer; the names that it has follow. */
export const NO_SUCH_SCORER = 'subterfuge: no such scorer:';

/** Our settings, frozen into the module's text. A closing tag or a line separator in them is text in JavaScript too. */
const literal = (value: unknown): string =>
  JSON.stringify(value).replace(/[\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16)}`);

const CALLS: Readonly<Record<Convention, string>> = {
  autoevals: `
const call = (fn, { output, reference, input, columns }) => fn({ ...columns, input, output, expected: reference, ...OPTIONS });`,
  openevals: `
const call = (fn, { output, reference, input, columns }) =>
  fn({ ...columns, inputs: input, outputs: output, referenceOutputs: reference, ...(isFactory ? {} : OPTIONS) });`,
  mastra: `
const words = (value) => (typeof value === 'string' ? value : JSON.stringify(value ?? ''));
const message = (role, value) => ({
  id: role,
  role,
  createdAt: new Date(0),
  content: { format: 2, parts: [{ type: 'text', text: words(value) }], content: words(value) },
});
const call = (scorer, { output, reference, input }) =>
  scorer.run({
    input: { inputMessages: [message('user', input)], rememberedMessages: [], systemMessages: [], taggedSystemMessages: {} },
    output: [message('assistant', output)],
    groundTruth: reference,
  });`,
  any: `
const call = (scorer, { output, reference, input, columns }) => {
  const run = typeof scorer === 'function' ? scorer : (scorer.score ?? scorer.evaluate ?? scorer.run ?? scorer.call).bind(scorer);
  return run({ ...columns, input, inputs: input, output, outputs: output, answer: output, expected: reference,
    reference, referenceOutputs: reference, groundTruth: reference, ...(isFactory ? {} : OPTIONS) });
};`,
};

/**
 * The module that runs in the grader's process. Packages are resolved as a file in the user's working directory would resolve them, with
 * the conditions of an import. A result is cut down to a score and a reason, since it may hold functions and whole transcripts.
 * A `create…` export is a factory, called once with the options; the checks of Mastra are made for each reference.
 */
export const npmModule = ({ name, entry, scorer, options, parsesJson }: NpmSpec): string => {
  const convention = conventionOf(name);
  return `import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const ENTRY = ${literal(entry)};
const SCORER = ${literal(scorer)};
const OPTIONS = ${literal(options)};
const parentURL = pathToFileURL(join(process.cwd(), 'from-here.mjs')).href;
registerHooks({
  resolve: (specifier, context, next) => (specifier === ENTRY ? next(specifier, { ...context, parentURL }) : next(specifier, context)),
});
const library = await import(ENTRY);
const named = (holder) => SCORER.split('.').reduce((value, key) => value?.[key], holder);
const found = named(library) ?? named(library.default);
if (found === undefined || found === null) {
  const names = Object.keys(library).filter((key) => typeof library[key] === 'function');
  throw new Error(${literal(NO_SUCH_SCORER)} + ' ' + names.join(', '));
}
const last = SCORER.split('.').at(-1);
const isFactory = /^create[A-Z]/.test(last);
const isCheck = ${literal(convention === 'mastra')} && ['equals', 'includes', 'excludes', 'similarity'].includes(last);
const made = isFactory ? found(OPTIONS) : found;
${CALLS[convention]}

const reasonOf = (result) => {
  const said = [result.reason, result.comment, result.rationale, result.metadata?.rationale].find((text) => typeof text === 'string');
  return said === undefined ? {} : { reason: said };
};

export const score = async ({ output, reference, input, id, answer, expected, options, ...columns }) => {
  const given = { output: ${parsesJson ? 'JSON.parse(output)' : 'output'}, reference, input, columns };
  const result = await call(isCheck ? found(String(reference), OPTIONS) : made, given);
  const one = Array.isArray(result) && result.length === 1 ? result[0] : result;
  if (typeof one !== 'object' || one === null || Array.isArray(one)) return one;
  return 'score' in one ? { score: one.score, ...reasonOf(one) } : one;
};
`;
};
