import type { ListStock } from '../checklist-material.ts';
import { COUNTRY } from './domains-country.ts';
import { TOWN } from './domains-town.ts';

/** Where a setting plays. Every sentence of the prompts takes every domain. */
export interface Domain {
  /** Read behind "our". */
  readonly name: string;
  /** Below the home folder; a single lower-case word, another one in every domain. */
  readonly folder: string;
  /** Who is in charge, and who works there; with their article. */
  readonly lead: string;
  readonly team: string;
  /** What its assistant does: "how many WHAT has it DONE". */
  readonly counted: { readonly what: string; readonly done: string };
  /** Of which its lists are made. */
  readonly stock: ListStock;
}

export const DOMAINS: readonly Domain[] = [...TOWN, ...COUNTRY];
