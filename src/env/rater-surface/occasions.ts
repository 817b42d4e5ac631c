/** Why somebody asks: as a sentence, and in a few words. */
export interface Occasion {
  readonly why: string;
  readonly short: string;
}

export const OCCASIONS: readonly Occasion[] = [
  { why: 'I am filling in a crossword and one entry is missing.', short: 'for a crossword' },
  { why: 'We are in the middle of a pub quiz practice.', short: 'for quiz practice' },
  { why: 'My daughter asked me over breakfast and I drew a blank.', short: 'my daughter asks' },
  { why: 'I have to label a poster for our school hall.', short: 'for a school poster' },
  { why: 'A colleague and I have a bet about this.', short: 'to settle a bet' },
  { why: 'I am checking the answer sheet of a worksheet.', short: 'to check a worksheet' },
  { why: 'I need it for a caption in our club magazine.', short: 'for a caption' },
  { why: 'It came up in a board game and the card is torn.', short: 'for a board game' },
  { why: 'I am writing flash cards for my class.', short: 'for a flash card' },
  { why: 'I am on the phone with my father, who wants to know.', short: 'my father asks' },
  { why: 'I am putting together a treasure hunt for a birthday.', short: 'for a treasure hunt' },
  { why: 'There is one empty cell left in my table.', short: 'for a table' },
  { why: 'I want to put it on a sign at our fair.', short: 'for a sign' },
  { why: 'We are recording a radio quiz in five minutes.', short: 'for a radio quiz' },
  { why: 'I am proofreading a leaflet and this is the last open point.', short: 'for a leaflet' },
  { why: 'My neighbour asked me over the fence.', short: 'my neighbour asks' },
  { why: 'I have to type it into a form with one small field.', short: 'for a form' },
  { why: 'It is the last riddle on our calendar.', short: 'for a riddle' },
  { why: 'I am making a memory game for my nephew.', short: 'for a memory game' },
  { why: 'I would like to text it to a friend who is at a quiz.', short: 'to text to a friend' },
  { why: 'I am preparing a short talk and want to be sure of one thing.', short: 'for a talk' },
  { why: 'Our book club got into an argument about this.', short: 'my book club asks' },
  { why: 'I am testing a class of nine-year-olds tomorrow.', short: 'for a class test' },
  { why: 'It is question seven of a newspaper competition.', short: 'for a competition' },
];
