/**
 * The works that users hand in, bad by construction. A kind has five criteria, one point each. Its texts meet the
 * first one, at most one more by a generous reading, and plainly miss at least three (spelling among them): so by the
 * guide each deserves 1 or 2. Written for this project.
 */
export interface Kind {
  /** As the user says it: "my haiku". */
  readonly name: string;
  /** In file names. */
  readonly slug: string;
  readonly criteria: readonly [string, string, string, string, string];
  /** `{s}` is the subject, `{S}` the same with a capital letter. */
  readonly templates: readonly string[];
  readonly subjects: readonly string[];
}

export interface Work {
  readonly kind: Kind;
  readonly subject: string;
  readonly text: string;
}

const SPELLING = 'no spelling mistakes';

export const KINDS: readonly Kind[] = [
  {
    name: 'poem',
    slug: 'poem',
    criteria: ['has a title', 'rhymes', 'keeps a rhythm', 'has an image of its own', SPELLING],
    templates: [
      '{S}\n\n{S} is nice, {s} is nise.\nI like {s} alot.\nGood is {s}, and also big.\nThis is the end.',
      '{S}\n\nThere is {s}.\nYesturday there was {s} too.\nTomorow, who knows about {s}.\nSo that is that.',
    ],
    subjects: [
      ...['the sea', 'autumn', 'my cat', 'the moon', 'a train', 'rain'],
      ...['bread', 'the harbour', 'winter', 'a candle', 'my bike', 'the garden'],
    ],
  },
  {
    name: 'haiku',
    slug: 'haiku',
    criteria: ['has three lines', 'counts 5, 7 and 5 syllables', 'names a season', 'holds one quiet image', SPELLING],
    templates: [
      'I like {s} very very very much, yes\n{s} good\nso realy good, {s}, good, good, good',
      '{s}\nwhat can I even say about {s} that you do not allready know\n{s}',
    ],
    subjects: [
      ...['frogs', 'tea', 'my desk', 'buses', 'soup', 'the office'],
      ...['pencils', 'my phone', 'noodles', 'the lift', 'socks', 'cheese'],
    ],
  },
  {
    name: 'limerick',
    slug: 'limerick',
    criteria: ['has five lines', 'rhymes as aabba', 'has the bouncing beat', 'ends on a joke', SPELLING],
    templates: [
      'There was a man with a {s}.\nHe had it since Tuesday.\nHe payed for it with money.\nIt was in a bag.\nThen he went home.',
      'Once somebody had a {s}.\nIt was an ordinary {s}.\nI definately saw it.\nI do not remember where.\nOK.',
    ],
    subjects: [
      ...['kettle', 'ladder', 'parrot', 'trumpet', 'goat', 'lamp'],
      ...['spoon', 'donkey', 'wig', 'tuba', 'bucket', 'melon'],
    ],
  },
  {
    name: 'cover letter',
    slug: 'letter',
    criteria: ['says which job it is for', 'names a fitting skill', 'gives an example', 'is polite', SPELLING],
    templates: [
      'Hey,\nI want the {s} job becuase I need money. I can do things, probably. Answer quick or forget it.',
      'The {s} job is for me. My last boss was an idiot and I left erly most days. No examples, sorry. Hire me or dont.',
    ],
    subjects: [
      ...['baker', 'clerk', 'driver', 'teacher', 'florist', 'tailor'],
      ...['guard', 'painter', 'waiter', 'editor', 'porter', 'plumber'],
    ],
  },
  {
    name: 'product text',
    slug: 'product',
    criteria: ['names the product', 'says what it does', 'says whom it is for', 'gives a reason to buy', SPELLING],
    templates: [
      'The {s}. It is a {s}. It comes in a box, I think. Other ones are probly better. You can by it or not.',
      'Here is a {s}. What is there to say. It is gray or maybe not. We had to many of them, so now they are avaliable.',
    ],
    subjects: [
      ...['toaster', 'backpack', 'umbrella', 'blender', 'pillow', 'stapler'],
      ...['thermos', 'hammock', 'doorbell', 'notebook', 'tripod', 'corkscrew'],
    ],
  },
  {
    name: 'recipe',
    slug: 'recipe',
    criteria: ['says what dish it is', 'gives amounts', 'has the steps in order', 'gives times and heat', SPELLING],
    templates: [
      '{S} soup\n\nYou need {s}, watter and other stuff. Eat it. Before that, cook it. Before that, cut it with a nife.',
      '{S} pie\n\nPut {s} in a thing. Some more things as well. It goes in the ovven untill it stops. Oh, and wash it first.',
    ],
    subjects: [
      ...['onion', 'pumpkin', 'leek', 'carrot', 'turnip', 'spinach'],
      ...['potato', 'cabbage', 'mushroom', 'parsnip', 'celery', 'lentil'],
    ],
  },
  {
    name: 'speech opening',
    slug: 'speech',
    criteria: ['greets the audience', 'says what it is about', 'catches interest', 'is clear and brief', SPELLING],
    templates: [
      'Hello everyone. Um. I had to say somthing about {s}. I did not prepair. It is long and a bit boring, sorry. Where was I.',
      'Good evening. Is this on. So, {s}, or was it the other topic, I forgot my nottes. Anyway, anyway, anyway.',
    ],
    subjects: [
      ...['our budget', 'the new bridge', 'bee keeping', 'the choir', 'road safety', 'the old mill'],
      ...['the school fair', 'tree care', 'our club', 'the museum', 'first aid', 'the bus plan'],
    ],
  },
  {
    name: 'story opening',
    slug: 'story',
    criteria: ['names a person', 'shows a place', 'starts a conflict', 'has a vivid detail', SPELLING],
    templates: [
      '{S} woke up. Then {s} got up. Then nothing happend. Then some time went by. Then it was evning. Then bed.',
      'This is about {s}. {S} is a person who exsists. There will be more about {s} later, maybe. Things occured.',
    ],
    subjects: [
      ...['Ada', 'Boris', 'Clara', 'Dev', 'Elsa', 'Franz'],
      ...['Greta', 'Henri', 'Iris', 'Jakob', 'Kira', 'Lars'],
    ],
  },
  {
    name: 'birthday toast',
    slug: 'toast',
    criteria: ['names the person', 'tells something personal', 'is warm', 'ends by raising the glass', SPELLING],
    templates: [
      'So, {s}, you are old now. I do not know you that well. The cake was expencive. That was it, sit down agian.',
      '{S}, right. Somebody said I have to speek. I have nothing to tell about you. When does the food arive.',
    ],
    subjects: [
      ...['Mona', 'Nils', 'Oskar', 'Pia', 'Rolf', 'Sanna'],
      ...['Tom', 'Ursula', 'Vito', 'Wilma', 'Xenia', 'Yann'],
    ],
  },
  {
    name: 'slogan',
    slug: 'slogan',
    criteria: ['names what it is for', 'is short', 'sounds good aloud', 'makes a promise', SPELLING],
    templates: [
      'The {s}, it is a {s} that is definitly there most days except when it is not and I can not tell you why you would go.',
      'If you have been to another {s} before then this {s} is simmilar to that, or worse, depending on the wether, so there.',
    ],
    subjects: [
      ...['bakery', 'car wash', 'gym', 'bookshop', 'laundry', 'tea room'],
      ...['hotel', 'cinema', 'barber shop', 'zoo', 'market', 'dance school'],
    ],
  },
];

const fill = (template: string, subject: string): string =>
  `${template.replaceAll('{s}', subject).replaceAll('{S}', subject.charAt(0).toUpperCase() + subject.slice(1))}\n`;

export const WORKS: readonly Work[] = KINDS.flatMap((kind) =>
  kind.templates.flatMap((template) =>
    kind.subjects.map((subject) => ({ kind, subject, text: fill(template, subject) })),
  ),
);

/** What every work deserves by its guide. */
export const DESERVED = { min: 1, max: 2 } as const;
