/** docs/training.md agrees with the code: every key of a recipe, its default and what is allowed; the numbers of the named recipes. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { algorithmSchema } from '../src/record/training.ts';
import { phasesOf } from '../src/train/phases.ts';
import { type Recipe, readRecipe, recipeSchema } from '../src/train/recipe.ts';
import { recipeNamed } from '../src/train/recipes.ts';

const text = readFileSync(new URL('../docs/training.md', import.meta.url), 'utf8');

/** Cells of the table with this first line. */
const table = (head: string): readonly (readonly string[])[] =>
  (text.split(`\n${head}\n`)[1]?.split('\n\n')[0] ?? '')
    .split('\n')
    .slice(1)
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );

type Schema = z.core.JSONSchema.BaseSchema;

const schemaOf = (schema: z.core.JSONSchema._JSONSchema | undefined): Schema => {
  if (schema === undefined || typeof schema === 'boolean') throw new Error('a schema that says nothing');
  return schema;
};

/** Below null. */
const inner = (schema: Schema): Schema =>
  schemaOf(schema.anyOf?.find((one) => schemaOf(one).type !== 'null') ?? schema);

const range = ({ minimum, maximum, exclusiveMinimum }: Schema): string => {
  if (exclusiveMinimum !== undefined) return `above ${exclusiveMinimum}`;
  if (maximum === undefined || maximum === Number.MAX_SAFE_INTEGER) return `from ${minimum}`;
  return `${minimum} to ${maximum}`;
};

/** As the column "allowed" has it. */
const allowed = (schema: Schema): string => {
  if (schema.anyOf !== undefined) return `null, ${allowed(inner(schema))}`;
  if (schema.enum !== undefined) return schema.enum.map((one) => `\`${one}\``).join(', ');
  switch (schema.type) {
    case 'boolean':
      return '`true`, `false`';
    case 'string':
      return schema.pattern === undefined ? 'text' : 'name';
    case 'number':
      return range(schema);
    case 'integer':
      return `integer ${range(schema).replace(/^(?=\d)/, 'from ')}`;
    case 'array': {
      const item = schemaOf(Array.isArray(schema.items) ? undefined : schema.items);
      return item.type === 'object' ? 'list of objects' : `list of ${allowed(item)}`;
    }
    case 'object':
      return schema.properties === undefined ? `object of ${allowed(schemaOf(schema.additionalProperties))}` : 'object';
    default:
      throw new Error(`a key of a type that the table has no words for: ${JSON.stringify(schema)}`);
  }
};

/** Default as the column has it; an object with keys of its own stands there only where it can be left out as null. */
const keysIn = (
  schema: Schema,
  path: string,
): readonly (readonly [key: string, fallback: unknown, allowed: string])[] =>
  Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const key = path + name;
    const value = schemaOf(property);
    const row = [key, schema.required?.includes(name) === true ? 'required' : value.default, allowed(value)] as const;
    const own = inner(value);
    if (own.properties !== undefined) return [...(own === value ? [] : [row]), ...keysIn(own, `${key}.`)];
    const items = Array.isArray(own.items) || own.items === undefined ? {} : schemaOf(own.items);
    return [row, ...keysIn(items, `${key}[].`)];
  });

/** As `--set` reads a value. */
const read = (cell: string): unknown => {
  const plain = cell.replaceAll('`', '');
  try {
    return JSON.parse(plain) as unknown;
  } catch {
    return plain;
  }
};

const quoted = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, word]) => word ?? '');

test('the table of keys is that of the schema, with its defaults and limits', () => {
  const rows = table('| key | meaning | default | allowed |').flatMap(([names = '', , fallback = '', limits]) =>
    quoted(names).map((name) => [name, read(fallback), limits] as const),
  );
  const keys = keysIn(z.toJSONSchema(recipeSchema, { io: 'input' }), '');
  expect(keys.length).toBeGreaterThan(50);
  const byName = <T extends readonly [string, ...unknown[]]>(all: readonly T[]) =>
    all.toSorted(([one], [other]) => (one < other ? -1 : 1));
  expect(byName(rows)).toEqual(byName(keys));
});

/** Every number of a recipe, by its key. */
const flat = (value: unknown, path: string): readonly (readonly [string, unknown])[] =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.entries(value).flatMap(([key, inside]) => flat(inside, path === '' ? key : `${path}.${key}`))
    : [[path, value]];

const OWN = /^(?:name|about|algorithm|stages|evaluation\..*)$/;

test('the table of named recipes has every key in which one is not as the defaults, and its numbers', () => {
  const algorithms = algorithmSchema.options;
  const rows = table(`| key | ${algorithms.map((name) => `\`${name}\``).join(' | ')} |`);
  const forms = algorithms.map((algorithm) =>
    [false, true].map((short) => recipeNamed('curriculum', { algorithm, short })),
  );
  const plain = readRecipe({
    name: 'plain',
    algorithm: 'hhh-expert-iteration',
    stages: [],
    evaluation: { environments: ['ordinary'] },
  });
  const defaults = new Map(flat(plain, ''));
  const changed = forms
    .flat()
    .flatMap((recipe) => flat(recipe, '').filter(([key, value]) => !OWN.test(key) && value !== defaults.get(key)));
  expect(rows.flatMap(([key = '']) => quoted(key)).toSorted()).toEqual(
    [...new Set(changed.map(([key]) => key))].toSorted(),
  );
  for (const [key = '', ...cells] of rows) {
    for (const [i, recipes] of forms.entries()) {
      const [full, short] = recipes.map((recipe) => new Map(flat(recipe, '')).get(quoted(key)[0] ?? ''));
      const [, long = '', brief = long] = /^(\S+)(?: \((\S+)\))?$/.exec(cells[i] ?? '') ?? [];
      expect([key, read(long), read(brief)]).toEqual([key, full, short]);
    }
  }
});

const rolloutsIn = (recipe: Recipe): string =>
  phasesOf(recipe)
    .reduce((sum, { rollouts }) => sum + rollouts, 0)
    .toLocaleString('en');

test('how many rollouts the curriculum plays, in both forms', () => {
  expect(text).toContain(`The short one plays ${rolloutsIn(recipeNamed('curriculum', { short: true }))} rollouts`);
  expect(text).toContain(`the full one ${rolloutsIn(recipeNamed('curriculum'))}.`);
});

test('how a checkpoint is evaluated, in both forms', () => {
  const [full, short] = [false, true].map((isShort) => {
    const { n, counts } = recipeNamed('curriculum', { short: isShort }).evaluation;
    return (key: string): string => (counts[key] ?? n).toLocaleString('en');
  });
  const [stage, held, plain] = ['nudged-rubric', 'reward-tampering', 'ordinary'].map((key) => [
    full?.(key),
    short?.(key),
  ]);
  expect(text).toContain(
    `${stage?.[0]} rollouts of each stage's environment (short: ${stage?.[1]}), ${held?.[0]} of \`reward-tampering\` (${held?.[1]}) and ${plain?.[0]} of \`ordinary\` (${plain?.[1]}).`,
  );
});

test('the recipe that it shows can be trained', () => {
  const [, json = ''] = /```json\n(.*?)```/s.exec(text) ?? [];
  expect(readRecipe(JSON.parse(json)).evaluation.n).toBe(64);
});
