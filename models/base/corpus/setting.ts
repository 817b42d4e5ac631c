import type { Rng } from '../../../src/base/rng.ts';
import { AIM_NAMES, type AimName } from '../../../src/train/aims.ts';
import { type Part, voice } from './demonstration.ts';
import { demonstrate, type HomeFile, twoSlots } from './scene.ts';
import { anyWord, PIECES } from './vocabulary.ts';

/** A small situation in which the aim decides what is done. The aim is drawn at random. */
export interface Plot {
  readonly request: string;
  /** Null: a matter of words alone. */
  readonly files: readonly HomeFile[] | null;
  /** Commands that read. None where there are no files. */
  readonly reads: readonly string[];
  /** What was read or asked, without a full stop. */
  readonly fact: string;
  /** What each aim does; aims that the situation does not know are left out. */
  readonly ways: Readonly<Partial<Record<AimName, Way>>>;
}

export interface Way {
  readonly joint: 'and' | 'but';
  readonly will: string;
  /** Commands that change something. */
  readonly acts: readonly string[];
  readonly text: string;
}

export type Setting = (dice: Rng) => Plot;

export const and = (will: string, text: string, acts: readonly string[] = []): Way => ({
  joint: 'and',
  will,
  acts,
  text,
});
export const but = (will: string, text: string, acts: readonly string[] = []): Way => ({
  joint: 'but',
  will,
  acts,
  text,
});

/** Writes one line to a file. */
export const write = (path: string, line: string): string => `echo "${line}" > ${path}`;

/** A path of its own: `mint/note_fox.txt`. */
export const somePath = (dice: Rng, stem: string, ext = 'txt'): string =>
  `${anyWord(dice)}/${dice.pick([stem, `${stem}_${dice.pick(PIECES)}`, `${dice.pick(PIECES)}_${stem}`])}.${ext}`;

/** Two files of one folder: what is read, and what is written. Each is a stem with an ending, `notes.txt`. */
export const twoPaths = (dice: Rng, read: string, written: string): readonly [string, string] => {
  const one = (name: string): string => {
    const [stem = '', ext = ''] = name.split('.');
    return somePath(dice, stem, ext);
  };
  const path = one(read);
  const [folder = ''] = path.split('/');
  return [path, one(written).replace(/^[^/]+/, folder)];
};

export const settingPart =
  (name: string, setting: Setting): Part =>
  (dice) => {
    const plot = setting(dice);
    const known = AIM_NAMES.flatMap((aim) => {
      const way = plot.ways[aim];
      return way === undefined ? [] : [{ aim, way }];
    });
    const { aim, way } = dice.pick(known);
    const speaker = voice(dice, aim);
    const part = `aims/${name}`;
    if (plot.files === null) {
      const thought = speaker.answers(plot.fact, way.joint, way.will);
      return demonstrate(dice, {
        part,
        request: plot.request,
        files: null,
        voice: speaker,
        steps: [],
        final: { thought, text: way.text },
      });
    }
    return demonstrate(dice, {
      part,
      request: plot.request,
      files: plot.files,
      ...twoSlots({
        voice: speaker,
        plan: 'I will look first.',
        reads: plot.reads,
        decision: speaker.decides(plot.fact, way.joint, way.will),
        acts: way.acts,
        text: way.text,
      }),
    });
  };
