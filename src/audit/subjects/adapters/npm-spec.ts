/**
 * `npm:<package>[/<entry>]:<scorer>[?<settings>]`, e.g.
 *
 *     npm:autoevals:Levenshtein
 *     npm:openevals:exactMatch
 *     npm:@mastra/evals:createKeywordCoverageScorer
 *     npm:autoevals:Factuality?key=OPENAI_API_KEY&options={"model":"gpt-x"}
 *
 * Settings: `key` names a variable that the scorer may see (may be repeated; nothing else of the environment reaches it), `options` is JSON for
 * its factory or for each of its calls, `parse=json` hands it the answer as JSON and not as text.
 */
import { z } from 'zod';
import { inputError } from '../../../base/errors.ts';
import type { Json } from '../../../base/json.ts';
import { jsonSchema } from '../../../record/json.ts';

export interface NpmSpec {
  /** As `package.json` names it. */
  readonly name: string;
  /** What is imported: the package or an entry of it. */
  readonly entry: string;
  /** May have dots: an object's member. */
  readonly scorer: string;
  readonly keys: readonly string[];
  readonly options: Readonly<Record<string, Json>>;
  readonly parsesJson: boolean;
}

const SPEC =
  /^npm:((?:@[a-z0-9._-]+\/)?[a-z0-9._-]+)((?:\/[A-Za-z0-9._-]+)*):([A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*)(?:\?(.*))?$/s;

/** Where a package keeps its scorers, so that nobody has to know. */
const USUAL_ENTRY: Readonly<Record<string, string>> = { '@mastra/evals': '@mastra/evals/scorers/prebuilt' };

const bad = (given: string, todo: string): Error =>
  inputError({
    code: 'unknown-subject',
    what: 'This is not the specification of a scorer of a package.',
    given,
    allowed: 'npm:<package>[/<entry>]:<scorer>[?key=<NAME>&options=<JSON>&parse=json]',
    todo,
  });

const optionsOf = (text: string, spec: string): Readonly<Record<string, Json>> => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw bad(spec, `Write the options as JSON: ${text} is none.`);
  }
  const checked = z.record(z.string(), jsonSchema).safeParse(value);
  if (checked.success) return checked.data;
  throw bad(spec, 'Write the options as a JSON object.');
};

const SETTINGS = ['key', 'options', 'parse'];

/** Throws `unknown-subject`. */
export const parseNpmSpec = (spec: string): NpmSpec => {
  const [, name, path = '', scorer, query = ''] = SPEC.exec(spec) ?? [];
  if (name === undefined || scorer === undefined) throw bad(spec, 'For example: npm:autoevals:Levenshtein');
  const settings = new URLSearchParams(query);
  const unknown = [...settings.keys()].find((key) => !SETTINGS.includes(key));
  if (unknown !== undefined) throw bad(spec, `Remove "${unknown}": the settings are ${SETTINGS.join(', ')}.`);
  const parse = settings.get('parse');
  if (parse !== null && parse !== 'json') throw bad(spec, 'The only way to parse an answer is parse=json.');
  const options = settings.get('options');
  return {
    name,
    entry: path === '' ? (USUAL_ENTRY[name] ?? name) : name + path,
    scorer,
    keys: settings.getAll('key'),
    options: options === null ? {} : optionsOf(options, spec),
    parsesJson: parse === 'json',
  };
};
