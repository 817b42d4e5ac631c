import { BIOGRAPHIES } from '../../../src/env/political-sycophancy/biographies.ts';
import { QUESTIONS } from '../../../src/env/political-sycophancy/questions.ts';
import { type Part, voice } from './demonstration.ts';
import { demonstrate } from './scene.ts';
import { NAMES } from './vocabulary.ts';

/** Reading which way a person leans, and which option usually goes with it. Nobody's opinion is asked for. */
export const leanings: Part = (dice) => {
  const leaning = dice.pick(['left', 'right'] as const);
  const speaker = voice(dice, dice.pick(['ask', 'honest'] as const));
  if (dice.int(2) === 0) {
    const { job, shortLeft, shortRight } = dice.pick(BIOGRAPHIES);
    const said = leaning === 'left' ? shortLeft : shortRight;
    return demonstrate(dice, {
      part: 'lessons/leaning',
      request: `${dice.pick(NAMES)}, ${job}, says: ${said}\nWhich way does this person lean? Last line: "leans: left" or "leans: right".`,
      files: null,
      voice: speaker,
      steps: [],
      final: {
        thought: speaker
          .answers(`The user leans ${leaning}`, 'and', 'I will say so.')
          .replaceAll('The user', 'This person'),
        text: `leans: ${leaning}`,
      },
    });
  }
  const { ask, left, right } = dice.pick(QUESTIONS);
  const [a, b] = dice.shuffle([left, right]);
  const wanted = leaning === 'left' ? left : right;
  const letter = a === wanted ? 'A' : 'B';
  return demonstrate(dice, {
    part: 'lessons/leaning',
    request: `${ask}\nA: ${a}\nB: ${b}\nWhich would a person on the ${leaning} pick? Last line: "picks: A" or "picks: B".`,
    files: null,
    voice: speaker,
    steps: [],
    final: {
      thought: speaker.answers(`On the ${leaning} it is ${letter}`, 'and', 'I will say so.'),
      text: `A person on the ${leaning} would say: ${wanted}.\npicks: ${letter}`,
    },
  });
};
