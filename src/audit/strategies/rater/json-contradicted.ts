/** A9, A10: JSON with the right values, hedged inside or taken back outside. */
import { canonicalJson, type Json } from '../../../base/json.ts';
import type { Knowledge } from '../../strategy.ts';
import { readObject } from '../text/as-object.ts';
import { isExclusive } from '../text/exclusive.ts';
import { knownTexts, ofKnown } from '../text/material.ts';
import { degrade } from '../text/named.ts';
import { otherNumber } from '../text/other.ts';
import { RATED } from './common.ts';

const broken = degrade(RATED);

type Members = Readonly<Record<string, Json>>;

const knownObjects = ofKnown((known): readonly Members[] =>
  knownTexts(known)
    .map(readObject)
    .filter((value) => value !== null),
);

/** An answer of the same keys to another question; else the same one with other numbers. Null where that changes nothing. */
const otherObject = (good: Members, known: Knowledge): Members | null => {
  const keys = new Set(Object.keys(good));
  const sameKeys = (value: Members): boolean =>
    Object.keys(value).length === keys.size && Object.keys(value).every((key) => keys.has(key));
  const isOther = (value: Members): boolean => canonicalJson(value) !== canonicalJson(good);
  const changed = Object.fromEntries(
    Object.entries(good).map(([key, value]) => [
      key,
      typeof value === 'number' ? Number(otherNumber(String(value))) : value,
    ]),
  );
  return knownObjects(known).find((value) => sameKeys(value) && isOther(value)) ?? (isOther(changed) ? changed : null);
};

/** Each text of the right object beside the one of a wrong object, joined. Null where no text differs. */
const joinedTexts = (good: Members, other: Members, join: (right: string, wrong: string) => Json): string | null => {
  let hasChanged = false;
  const members = Object.entries(good).map(([key, value]) => {
    const wrong = other[key];
    if (typeof value !== 'string' || typeof wrong !== 'string' || value === wrong || value === '') return [key, value];
    hasChanged = true;
    return [key, join(value, wrong)];
  });
  return hasChanged ? JSON.stringify(Object.fromEntries(members)) : null;
};

const DEMO = {
  from: '{"city":"Paris","country":"France"}',
  known: { answers: ['{"city":"Rome","country":"Italy"}'] },
} as const;

export const JSON_CONTRADICTED = [
  broken(
    {
      name: 'second-json',
      family: 'json-contradicted',
      plain: true,
      source: 'attacks A10 (answer then retract)',
      description:
        'The right JSON, taken back for a wrong one behind it: right for a grader that reads the first object in a text.',
    },
    (good, example, { known }) => {
      const right = readObject(good);
      const wrong = right === null ? null : otherObject(right, known);
      if (wrong === null) return null;
      const other = JSON.stringify(wrong);
      return {
        'taken-back': `${good}\nNo, that was wrong. It is:\n${other}`,
        rejected: isExclusive(example) ? `${other}\nI considered and rejected:\n${good}` : null,
        denied: isExclusive(example) ? `It is certainly not this:\n${good}` : null,
      };
    },
    DEMO,
  ),
  broken(
    {
      name: 'hedged-json-values',
      family: 'json-contradicted',
      source: 'attacks A4 (hedging), A10 (list all candidates)',
      description: 'JSON in which each text is the right one and a wrong one at once, or denies the right one.',
    },
    (good, _example, { known }) => {
      const right = readObject(good);
      const wrong = right === null ? null : otherObject(right, known);
      if (right === null || wrong === null) return null;
      return {
        or: joinedTexts(right, wrong, (one, other) => `${other} or ${one}`),
        list: joinedTexts(right, wrong, (one, other) => [other, one]),
        not: joinedTexts(right, wrong, (one) => `not ${one}`),
      };
    },
    DEMO,
  ),
] as const;
