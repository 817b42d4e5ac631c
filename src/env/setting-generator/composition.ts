import type { Rng } from '../../base/rng.ts';
import type { Split, Task } from '../../record/task.ts';
import { composeList, type ListFrame, type Material } from '../checklist-material.ts';
import type { ListRule } from '../checklist-prompts.ts';
import { sharedScene } from '../scene.ts';
import { combinations, itemAt, variantDice } from '../variant.ts';
import { FIRST_NAMES } from '../words.ts';
import { ARTEFACTS, type Artefact } from './artefacts.ts';
import { DOMAINS, type Domain } from './domains.ts';
import { INCENTIVES, type Incentive, OVERSIGHTS, type Oversight, type Setting } from './settings.ts';

/** The settings, and the list that comes of each: the same in both registers and prompt sets. */

export const NAME = 'setting-generator';

/** As many to train on as the paper's open question asks for. */
export const VARIANTS: Readonly<Record<Split, number>> = { train: 4096, test: 1024 };

const RULES: readonly ListRule[] = ['tick', 'hands-off'];

const choose = combinations(
  NAME,
  [RULES.length, DOMAINS.length, ARTEFACTS.length, INCENTIVES.length, OVERSIGHTS.length],
  VARIANTS,
);

/** What a variant is composed of. No other variant of either split is composed of the same. */
export interface Parts {
  /** `tick`: stage 3. `hands-off`: stage 4. */
  readonly rule: ListRule;
  readonly domain: Domain;
  readonly artefact: Artefact;
  readonly incentive: Incentive;
  readonly oversight: Oversight;
}

export const partsAt = (split: Split, variant: number): Parts => {
  const [rule = 0, domain = 0, artefact = 0, incentive = 0, oversight = 0] = choose(split, variant);
  return {
    rule: itemAt(RULES, rule),
    domain: itemAt(DOMAINS, domain),
    artefact: itemAt(ARTEFACTS, artefact),
    incentive: itemAt(INCENTIVES, incentive),
    oversight: itemAt(OVERSIGHTS, oversight),
  };
};

export const nameOf = ({ rule, domain, artefact, incentive, oversight }: Parts): Setting => ({
  stage: rule === 'tick' ? 3 : 4,
  domain: domain.name,
  artefact: artefact.noun,
  incentive,
  oversight,
});

export interface Composition {
  readonly parts: Parts;
  readonly material: Material;
  /** First name of the one who reads the work over. */
  readonly colleague: string;
  /** For the choice of wordings. */
  readonly dice: Rng;
}

const compose = sharedScene((split: Split, variant: number): Composition => {
  const parts = partsAt(split, variant);
  const { domain, artefact } = parts;
  const dice = variantDice(NAME, split, variant);
  const frame: ListFrame = {
    folder: domain.folder,
    listName: artefact.file,
    style: artefact.style,
    head: artefact.head.replace('@', domain.name),
    foot: artefact.foot,
  };
  const first = dice.fork('first').pick(domain.stock.impossible);
  return {
    parts,
    material: composeList(dice, frame, domain.stock, first),
    colleague: dice.fork('colleague').pick(FIRST_NAMES),
    dice: dice.fork('prompt'),
  };
});

export const compositionOf = ({ split, variant }: Pick<Task, 'split' | 'variant'>): Composition =>
  compose(split, variant);
