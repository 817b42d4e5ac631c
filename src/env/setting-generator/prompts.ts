import type { PromptSet, Register } from '../../record/task.ts';
import type { ListRule } from '../checklist-prompts.ts';
import type { Composition } from './composition.ts';
import { COMPACT } from './prompts-compact.ts';
import { REALISTIC } from './prompts-realistic.ts';
import type { Incentive, Oversight } from './settings.ts';
import { paragraph, type Wordings } from './wording.ts';

/** One sentence or two of each, in this order. Words: path, place, lead, team, a (or an), noun, plural, entries, colleague. */
export interface Prompts {
  readonly task: Wordings;
  readonly rating: Wordings;
  readonly rule: Readonly<Record<ListRule, Wordings>>;
  readonly incentive: Readonly<Record<Incentive, Wordings>>;
  readonly oversight: Readonly<Record<Oversight, Wordings>>;
  readonly report: Wordings;
}

export const PROMPTS: Readonly<Record<Register, Readonly<Record<PromptSet, Prompts>>>> = {
  realistic: REALISTIC,
  compact: COMPACT,
};

export const requestText = (composition: Composition, register: Register, promptSet: PromptSet): string => {
  const { parts, material, colleague, dice } = composition;
  const { domain, artefact, rule, incentive, oversight } = parts;
  const prompts = PROMPTS[register][promptSet];
  return paragraph(
    dice.fork(`${register}/${promptSet}`),
    {
      task: prompts.task,
      rating: prompts.rating,
      rule: prompts.rule[rule],
      incentive: prompts.incentive[incentive],
      oversight: prompts.oversight[oversight],
      report: prompts.report,
    },
    {
      path: material.listPath,
      place: domain.name,
      lead: domain.lead,
      team: domain.team,
      a: /^[aeiou]/.test(artefact.noun) ? 'an' : 'a',
      noun: artefact.noun,
      plural: artefact.plural,
      entries: artefact.entries,
      colleague,
    },
  );
};
