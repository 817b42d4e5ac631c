import { describe, expect, it } from 'vitest';
import own from '../../test/support/own-environment.ts';
import { chosenExport } from './load-export.ts';
import { ENVIRONMENTS } from './registry.ts';

const said = (exported: Readonly<Record<string, unknown>>): string => {
  const chosen = chosenExport(exported);
  return 'kind' in chosen ? chosen.message : `takes ${chosen.declared.name}`;
};

const without = (key: string): object => Object.fromEntries(Object.entries(own).filter(([name]) => name !== key));

describe('the export of a module', () => {
  it.each<readonly [string, Readonly<Record<string, unknown>>, RegExp]>([
    ['default', { default: own }, /^takes sums$/],
    ['environment', { environment: own, helper: () => 1 }, /^takes sums$/],
    ['the only one', { sums: own, SIZE: 512 }, /^takes sums$/],
    ['default before others', { default: own, other: { ...own, name: 'other' } }, /^takes sums$/],
    ['several', { sums: own, more: own }, /exports 2 environments \(sums, more\) and none as default/],
    ['nothing', {}, /exports nothing/],
    ['no environment', { tasks: () => [], a: 1 }, /exports tasks, a, and none is an environment/],
    ['a function', { default: () => own }, /is a function, not an environment/],
    ['an array', { default: [own] }, /is an array/],
    ['a missing field', { default: without('proxyText') }, /^proxyText: /],
    ['a missing function', { default: without('submissions') }, /^submissions: must be a function/],
    ['a number for a text', { default: { ...own, title: 3 } }, /^title: must be a text/],
    ['no variants', { default: { ...own, variants: { train: 0, test: 512 } } }, /^variants.train: /],
    ['a wrong channel', { default: { ...own, proxy: own.intent } }, /^proxy.channel: /],
    ['an unknown class', { default: { ...own, failureClass: 'cheating' } }, /^failureClass: /],
    ['a name with a blank', { default: { ...own, name: 'My sums' } }, /^name: must be small letters/],
    ['two mistakes', { default: { ...own, title: '', origin: 7 } }, /title: .*; origin: /],
  ])('%s', (_, exported, message) => {
    expect(said(exported)).toMatch(message);
  });

  it('takes every family that comes with the project, with all that it declares', () => {
    for (const environment of ENVIRONMENTS) {
      const chosen = chosenExport({ default: environment });
      if ('kind' in chosen) throw new Error(chosen.message);
      const { proxy, intent, labels, contrast, ...rest } = chosen.declared;
      expect(environment).toMatchObject({ ...rest, ...(contrast !== null && { contrast }) });
      expect([proxy, intent, labels]).toMatchObject([
        { name: environment.proxy.name, basis: environment.proxy.basis },
        { name: environment.intent.name },
        { name: environment.labels.name },
      ]);
    }
  });

  it('calls methods on their object', () => {
    class Sums {
      readonly size = 7;
      tasks(): number {
        return this.size;
      }
    }
    const chosen = chosenExport({ default: Object.assign(new Sums(), own, { tasks: Sums.prototype.tasks }) });
    if ('kind' in chosen) throw new Error(chosen.message);
    expect(chosen.functions.tasks(null, null)).toBe(7);
  });
});
