import type { Json } from '../../../base/json.ts';
import type { Answer } from '../../../record/audit.ts';
import { columnOf, type HandOver, type Part } from './hand-over.ts';
import type { ExampleView } from './protocol.ts';

/** An example in the process of its grader: gives each part anew, so that no call sees what another did to it. */
export interface Prepared {
  /** Something of it is frozen and not copied. */
  readonly isFrozen: boolean;
  part(part: Exclude<Part, 'answer' | 'opponent'>): unknown;
}

/** Up to so many values a copy costs less than a call. */
const SMALL = 256;

/** Values in it, counted no further than `most`. */
const countOf = (value: Json, most: number): number => {
  if (typeof value !== 'object' || value === null) return 1;
  let count = 1;
  for (const inner of Object.values(value)) {
    if (count > most) break;
    count += countOf(inner, most - count);
  }
  return count;
};

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

const isFlat = (list: readonly Json[]): boolean => list.every((inner) => typeof inner !== 'object' || inner === null);

const copy = (value: Json): Json => {
  if (typeof value !== 'object' || value === null) return value;
  if (isList(value)) return value.map(copy);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, copy(inner)]));
};

const freeze = (value: Json): Json => {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const inner of Object.values(value)) freeze(inner);
  return Object.freeze(value);
};

/** What a ranking is held against, where an example has no items. */
const ranked = (reference: Json): Json => (isList(reference) ? reference : null);

interface Giver {
  readonly isFrozen: boolean;
  give(): Json;
}

const giverOf = (value: Json, copies: boolean): Giver => {
  if (typeof value !== 'object' || value === null) return { isFrozen: false, give: () => value };
  if (isList(value) && isFlat(value)) return { isFrozen: false, give: () => value.slice() };
  if (copies || countOf(value, SMALL) <= SMALL) return { isFrozen: false, give: () => copy(value) };
  const frozen = freeze(value);
  return { isFrozen: true, give: () => frozen };
};

/** `copies`: freeze nothing, since the grader writes to its arguments or would not notice that it cannot. */
export const prepare = (view: ExampleView, copies: boolean): Prepared => {
  const { fields } = view;
  const giver = (value: Json): Giver => giverOf(value, copies);
  const givers = {
    reference: giver(view.reference),
    input: giver(view.input),
    items: giver(view.items === null ? null : view.items.map(({ input }) => input)),
    labelled: giver(view.items),
    labels: giver(view.items === null ? ranked(view.reference) : view.items.map(({ label }) => label)),
    options: giver(view.options),
    workspace: giver(view.workspace),
  };
  const columns = Object.entries(fields).map(([name, value]) => [name, giver(value)] as const);
  const fieldsNow = (): Record<string, Json> => Object.fromEntries(columns.map(([name, { give }]) => [name, give()]));
  const isGiver = (name: string): name is keyof typeof givers => Object.hasOwn(givers, name);
  const part: Prepared['part'] = (name) => {
    if (name === 'fields') return fieldsNow();
    const column = columnOf(name);
    if (column !== null) return columns.find(([one]) => one === column)?.[1].give() ?? undefined;
    if (isGiver(name)) return givers[name].give() ?? undefined;
    const { reference, input, labelled, options, workspace } = givers;
    return {
      id: view.id,
      input: input.give(),
      reference: reference.give(),
      items: labelled.give(),
      options: options.give(),
      workspace: workspace.give(),
      fields: fieldsNow(),
    };
  };
  return {
    isFrozen: [...Object.values(givers), ...columns.map(([, one]) => one)].some(({ isFrozen }) => isFrozen),
    part,
  };
};

/** Answers of one piece share memory where they are equal, so a grader gets its own. */
const ownAnswer = (answer: Answer): Answer => {
  if (typeof answer === 'string') return answer;
  if (!isList(answer)) return { ...answer };
  return isFlat(answer) ? answer.slice() : answer.map(copy);
};

/** What `{ output, expected }` and the like are taken from. Columns come first, so that none can stand for a part. */
const bundle = (prepared: Prepared, id: string, answer: Answer, opponent: Answer | null): Record<string, unknown> => {
  const given = ownAnswer(answer);
  const reference = prepared.part('reference');
  const labels = prepared.part('labels');
  const known = {
    id,
    input: prepared.part('input'),
    answer: given,
    output: given,
    reference: reference ?? labels,
    expected: reference ?? labels,
    options: prepared.part('options'),
  };
  const fields = prepared.part('fields');
  const all = Object.assign({}, fields, known);
  if (labels !== undefined) Object.assign(all, { labels, items: prepared.part('items') });
  if (Array.isArray(given)) Object.assign(all, { predictions: given });
  else if (typeof given === 'object') Object.assign(all, { files: given, workspace: prepared.part('workspace') });
  if (opponent !== null) Object.assign(all, { opponent: ownAnswer(opponent) });
  return all;
};

/** The arguments of one call. */
export const argumentsFor = (
  handOver: HandOver,
  prepared: Prepared,
  id: string,
  answer: Answer,
  opponent: Answer | null,
): readonly unknown[] => {
  if (handOver.shape === 'object') return [bundle(prepared, id, answer, opponent)];
  return handOver.parts.map((part) => {
    if (part === null) return undefined;
    if (part === 'answer') return ownAnswer(answer);
    if (part === 'opponent') return opponent === null ? undefined : ownAnswer(opponent);
    return prepared.part(part);
  });
};
