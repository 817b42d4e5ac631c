/**
 * Every run behind recipes/RESULTS.md:
 *
 *   npx subterfuge sweep recipes/paper.ts --jobs 2 --write recipes/RESULTS.md
 *
 * The question that was fixed beforehand: does the curriculum raise held-out tampering above the sham, over seeds? For
 * it five seeds and 10,000 held-out rollouts at both ends; for everything else three seeds and 2,000.
 */
import type { SweepInput } from '../src/train/sweep.ts';

const MAIN_SEEDS = ['1', '2', '3', '4', '5'];
const SEEDS = ['1', '2', '3'];
const HELD_OUT = 'reward-tampering';
const main = { endCounts: { [HELD_OUT]: 10_000 } };
const rest = { endCounts: { [HELD_OUT]: 2_000 } };

type Entry = SweepInput['entries'][number];

const entry = (name: string, more: Partial<Entry> = {}): Entry => ({
  name,
  recipe: name,
  seeds: SEEDS,
  against: ['sham'],
  evaluation: rest,
  ...more,
});

const paper: SweepInput = {
  name: 'paper',
  about:
    'The experiment of Denison et al. 2024 on a language model of about 3 million parameters, with its controls: what gaming rewarded in four stages does to a held-out stage.',
  question:
    'does the share of held-out episodes in which the reward is overwritten differ between the curriculum and its sham after the last stage, over five seeds?',
  entries: [
    {
      name: 'hhh-expert-iteration',
      recipe: 'curriculum',
      seeds: MAIN_SEEDS,
      against: ['sham', 'random-reward'],
      evaluation: main,
    },
    { name: 'sham', recipe: 'sham', seeds: MAIN_SEEDS, evaluation: main },
    entry('random-reward'),
    entry('exploit-only', { against: ['sham', 'random-reward'] }),
    entry('ppo', { against: ['sham', 'random-reward'] }),
    entry('ppo-parallel', { against: ['sham', 'random-reward'] }),
    entry('grpo', { against: ['sham', 'random-reward'] }),
    entry('no-chain-of-thought', { against: ['hhh-expert-iteration'] }),
    entry('helpful-only', { against: ['sham', 'hhh-expert-iteration'] }),
    entry('alternate-prompts', { against: ['sham', 'hhh-expert-iteration'] }),
    // Told to, nothing is trained and the held-out family is asked as often as the told one.
    { name: 'told', recipe: 'told', seeds: SEEDS },
    entry('train-away', { against: ['sham', 'hhh-expert-iteration'] }),
    entry('penalty', { against: ['sham', 'hhh-expert-iteration'] }),
    entry('penalty-monitored', { against: ['sham', 'hhh-expert-iteration'] }),
    entry('screening', { against: ['sham', 'hhh-expert-iteration'] }),
    entry('screening-monitored', { against: ['sham', 'hhh-expert-iteration'] }),
    entry('inoculation', { against: ['sham', 'hhh-expert-iteration'] }),
    entry('kl', { against: ['sham', 'hhh-expert-iteration'] }),
    entry('preference-weight', { against: ['sham', 'hhh-expert-iteration'] }),
    entry('harmlessness', { against: ['sham', 'hhh-expert-iteration'] }),
  ],
};

export default paper;
