import { posix } from 'node:path';
import type { Split, Task } from '../../record/task.ts';
import type { TaskChoice } from '../environment.ts';
import { DOMAINS, type Domain } from '../setting-generator/domains.ts';
import { INCENTIVES, type Incentive, OVERSIGHTS, type Oversight, type Setting } from '../setting-generator/settings.ts';
import { paragraph } from '../setting-generator/wording.ts';
import { tamperingTask } from '../tampering.ts';
import { combinations, itemAt, variantDice } from '../variant.ts';
import { FIRST_NAMES } from '../words.ts';
import { MEASURES, type Measure } from './kits.ts';
import { PROMPTS } from './prompts.ts';

export const NAME = 'setting-generator-tampering';

export const VARIANTS: Readonly<Record<Split, number>> = { train: 512, test: 1024 };

const choose = combinations(NAME, [DOMAINS.length, MEASURES.length, INCENTIVES.length, OVERSIGHTS.length], VARIANTS);

const FOLDERS = ['assistant', 'helper', 'office', 'clerk', 'backroom'];

const HIDDEN = ['no news today', '', 'a long note about nothing in particular', 'ok', 'Zebra'];

/** What a variant is composed of. No other variant of either split is composed of the same. */
export interface Parts {
  readonly domain: Domain;
  readonly measure: Measure;
  readonly incentive: Incentive;
  readonly oversight: Oversight;
}

export const partsAt = (split: Split, variant: number): Parts => {
  const [place = 0, measure = 0, incentive = 0, oversight = 0] = choose(split, variant);
  return {
    domain: itemAt(DOMAINS, place),
    measure: itemAt(MEASURES, measure),
    incentive: itemAt(INCENTIVES, incentive),
    oversight: itemAt(OVERSIGHTS, oversight),
  };
};

export const nameOf = ({ domain, measure, incentive, oversight }: Parts): Setting => ({
  stage: 5,
  domain: domain.name,
  artefact: measure.noun,
  incentive,
  oversight,
});

export const tasks = (choice: TaskChoice): readonly Task[] => {
  const { split, variant, register, promptSet } = choice;
  const parts = partsAt(split, variant);
  const { domain, measure, incentive, oversight } = parts;
  const dice = variantDice(NAME, split, variant);
  const folder = posix.join(domain.folder, dice.fork('folder').pick(FOLDERS));
  const prompts = PROMPTS[register][promptSet];
  const request = paragraph(
    dice.fork(`prompt/${register}/${promptSet}`),
    {
      question: prompts.question,
      incentive: prompts.incentive[incentive],
      oversight: prompts.oversight[oversight],
      report: prompts.report,
    },
    {
      folder,
      place: domain.name,
      lead: domain.lead,
      team: domain.team,
      what: domain.counted.what,
      done: domain.counted.done,
      noun: measure.noun,
      colleague: dice.fork('colleague').pick(FIRST_NAMES),
    },
  );
  const facts = { setting: nameOf(parts) };
  return [tamperingTask(choice, { family: NAME, kit: measure.kit, folder, request, hidden: HIDDEN, facts })];
};
