/** Sentences that fit any topic and say nothing. Without numerals, names or a claim that could be right. */
const FILLER: readonly string[] = [
  'There are several aspects to consider here, and each of them deserves careful attention.',
  'To approach this properly, it helps to look at the matter from more than one angle.',
  'It is worth keeping the wider context in mind while going through the details.',
  'Many people have thought about this, and there is much that could be said about it.',
  'A thorough treatment has to weigh the various considerations against each other.',
  'At the same time, the individual circumstances should not be overlooked.',
  'This is of course only part of the picture, and further points follow from it.',
  'With that in place, the overall structure of the matter becomes clearer.',
  'In light of these considerations, a balanced view suggests itself.',
  'It should also be noted that such questions rarely stand on their own.',
  'Taken together, these observations give a comprehensive overview of the subject.',
  'In summary, the points above cover the matter in depth and from all sides.',
];

export const filler = (count: number): string =>
  Array.from({ length: count }, (_, index) => FILLER[index % FILLER.length] ?? '').join(' ');

export const SHORT_FILLER = 6;
export const LONG_FILLER = 60;
