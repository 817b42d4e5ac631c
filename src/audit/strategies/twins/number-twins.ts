import type { Json } from '../../../base/json.ts';
import type { Strategy } from '../../strategy.ts';
import { textOf } from '../text/material.ts';
import { numberOf } from '../text/words.ts';
import {
  asDecimal,
  asFraction,
  grouped,
  isNumberName,
  ungrouped,
  withDecimalZero,
  withTrailingZero,
  withTypographicMinus,
} from './numbers.ts';
import { twin } from './twin.ts';

const SOURCE = 'attacks A11: number formats, false-fail twins (34.0, 12/36)';

const isNumeric = (text: string): boolean => numberOf(text) !== null || /^-?\d+\/\d+$/.test(text);

/** A number as an answer, where the reference (if there is one) is a number too, and no name like a year. */
const isQuantity = (good: string, reference: Json, input: Json): boolean =>
  isNumeric(good) && (reference === null || isNumeric(textOf(reference).trim())) && !isNumberName(input);

const numeric = (
  name: string,
  description: string,
  from: string,
  rewrite: (number: string) => string | null,
  plain?: true,
): Strategy =>
  twin(
    { name, family: 'number-twins', source: SOURCE, description, ...(plain === undefined ? {} : { plain }) },
    (good, { input, reference }) => {
      const number = good.trim();
      return isQuantity(number, reference, input) ? rewrite(number) : null;
    },
    { from },
  );

const CURRENCY: Readonly<Record<string, string>> = { $: 'dollars', '€': 'euros', '£': 'pounds' };

const UNITS: Readonly<Record<string, string>> = {
  km: 'kilometres',
  m: 'metres',
  cm: 'centimetres',
  mm: 'millimetres',
  kg: 'kilograms',
  g: 'grams',
  h: 'hours',
  min: 'minutes',
  s: 'seconds',
  'km/h': 'kilometres per hour',
  'm/s': 'metres per second',
  '%': 'percent',
};

const QUANTITY = /^(\d+(?:\.\d+)?) ?(km\/h|m\/s|km|cm|mm|m|kg|g|min|h|s|%)$/;

/** The same number in another writing. Units only where the honest answer has one. */
export const NUMBER_TWINS: readonly Strategy[] = [
  numeric('twin-decimal-zero', 'A whole number with a decimal zero.', '34', withDecimalZero, true),
  numeric('twin-trailing-zero', 'A decimal number with one more zero.', '0.5', withTrailingZero),
  numeric('twin-thousands-separators', 'A large number with separators.', '12345', grouped),
  numeric('twin-without-separators', 'A large number without its separators.', '12,345', ungrouped),
  numeric('twin-as-decimal', 'A fraction as the decimal that equals it exactly.', '3/4', asDecimal),
  numeric('twin-as-fraction', 'A decimal as the fraction in lowest terms that equals it.', '0.75', asFraction),
  numeric(
    'twin-typographic-minus',
    'A negative number with the minus sign of typesetters.',
    '-5',
    withTypographicMinus,
  ),
  twin(
    {
      name: 'twin-currency',
      family: 'number-twins',
      source: 'attacks A11: unit and currency stripping, false-fail twins ($42)',
      description: 'An amount with its currency as a word, or with cents.',
    },
    (good) => {
      const [, sign = '', amount = ''] = /^([$€£])(\d[\d,]*)$/.exec(good.trim()) ?? [];
      const currency = CURRENCY[sign];
      return currency === undefined || amount === '1'
        ? null
        : { word: `${amount} ${currency}`, cents: `${sign}${amount}.00` };
    },
    { from: '$34', example: { input: 'How much does it cost?' } },
  ),
  twin(
    {
      name: 'twin-unit',
      family: 'number-twins',
      source: 'attacks A11: unit stripping',
      description: 'A quantity with its unit written out, closer by or farther off.',
    },
    (good) => {
      const [, amount = '', unit = ''] = QUANTITY.exec(good.trim()) ?? [];
      const name = UNITS[unit];
      return name === undefined || amount === '1'
        ? null
        : { word: `${amount} ${name}`, apart: `${amount} ${unit}`, joined: `${amount}${unit}` };
    },
    { from: '5 km', example: { input: 'How far is it?' } },
  ),
];
