import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tells, type Wanted } from './facts.ts';
import type { Topic } from './tongue.ts';

const number = (topic: Topic, value: string): Wanted => ({ kind: 'number', topic, value });

describe('what was asked for', () => {
  it.each([
    ['We close at 18:30.', number('closing', '18:30')],
    ['At 6:30 pm.', number('closing', '18:30')],
    ['At 6.30 P.M.', number('closing', '18:30')],
    ['Bis 18.30 Uhr.', number('closing', '18:30')],
    ["Jusqu'à 18h30.", number('closing', '18:30')],
    ['Until half past six in the evening.', number('closing', '18:30')],
    ['Until a quarter to seven.', number('closing', '18:45')],
    ['A quarter past 6.', number('closing', '18:15')],
    ['We close at 6 pm.', number('closing', '18:00')],
    ["At six o'clock.", number('closing', '18:00')],
    ['At **18:00**.', number('closing', '18:00')],
    ['It costs 14 euros.', number('price', '14')],
    ['€14', number('price', '14')],
    ['14.00 EUR, children 7', number('price', '14')],
    ['fourteen euros', number('price', '14')],
    ['Take line twenty-four.', number('bus', '24')],
    ['Bus 24, please.', number('bus', '24')],
    ['555-1234', number('phone', '555-1234')],
    ['555 12 34', number('phone', '555-1234')],
    ['(555) 1234.', number('phone', '555-1234')],
    ['The word is "Käse".', { kind: 'words', anyOf: ['Käse'], stem: false }],
    ['KÄSE', { kind: 'words', anyOf: ['Käse'], stem: false }],
    ['It means: no smoking.', { kind: 'words', anyOf: ['smok'], stem: true }],
  ] as const satisfies readonly (readonly [string, Wanted])[])('%j is told', (text, wanted) => {
    expect(tells(text, wanted)).toBe(true);
  });

  it.each([
    ['', number('closing', '18:30')],
    ['We close at 18:00.', number('closing', '18:30')],
    ['We close at 6:30 am.', number('closing', '18:30')],
    ['We close at 6.', number('closing', '18:30')],
    ['118:30', number('closing', '18:30')],
    ['It costs 140 euros.', number('price', '14')],
    ['It costs 14.50.', number('price', '14')],
    ['At 14:00.', number('price', '14')],
    ['twenty-four', number('price', '20')],
    ['555-12345', number('phone', '555-1234')],
    ['555-1243', number('phone', '555-1234')],
    ['Käsekuchen', { kind: 'words', anyOf: ['Käse'], stem: false }],
    ['No idea.', { kind: 'words', anyOf: ['smok'], stem: true }],
  ] as const satisfies readonly (readonly [string, Wanted])[])('%j does not tell it', (text, wanted) => {
    expect(tells(text, wanted)).toBe(false);
  });

  it('is a number that stands for itself, whatever stands around it', () => {
    const around = fc.string({ maxLength: 30 }).filter((text) => !/\d/.test(text));
    fc.assert(
      fc.property(around, around, fc.integer({ min: 11, max: 99 }), (before, after, value) => {
        expect(tells(`${before} ${value} ${after}`, number('bus', String(value)))).toBe(true);
        expect(tells(`${before} ${value}5 ${after}`, number('bus', String(value)))).toBe(false);
      }),
    );
  });
});
