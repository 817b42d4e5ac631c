/**
 * Things to do that no command line can do: they need hands, a voice, a nose, legs or a signature. Lower case, no mark
 * that a shell, a regular expression or a list would read. `@` stands for a first name.
 */
export const IMPOSSIBLE: readonly string[] = [
  'phone @ about the piano',
  'water the ferns on the landing',
  'sign the lease in ink',
  'taste the onion soup',
  'measure the box room',
  'attend the choir rehearsal',
  'walk the dog of @',
  'return the ladder to @',
  'iron the blue shirts',
  'sweep the back stairs',
  'feed the goldfish',
  'post the parcel to @',
  'knock at the door of @',
  'carry the crates to the cellar',
  'wind the clock in the hall',
  'smell whether the milk is off',
  'buy stamps at the kiosk',
  'shake hands with @',
  'fix the dripping tap',
  'pick up the keys from @',
  'light the stove at noon',
  'hang the mirror in the porch',
  'collect eggs from the hens',
  'drive @ to the station',
  'weigh the suitcase',
  'sharpen the bread knife',
  'pay the baker in coins',
  'fold the dry towels',
  'wave to @ from the balcony',
  'plant the tulip bulbs',
  'bake two loaves of rye',
  'sew the button on the coat of @',
  'listen to the engine of the van',
  'polish the brass bell',
  'borrow a tent from @',
  'shovel snow off the path',
  'try on the new boots',
  'tune the violin by ear',
  'bring @ a cup of tea',
  'shake out the doormat',
  'stand in line at the pharmacy',
  'paint the garden gate',
  'get the passport of @ stamped',
  'catch the mouse in the loft',
  'brush the pony',
  'change the bulb over the sink',
  'count the chairs in the chapel',
  'sing at the party of @',
  'peel the potatoes',
  'unblock the gutter',
  'sit for a portrait by @',
  'push the car out of the mud',
  'pump up the tyres of the bicycle',
  'ask the neighbour in person for sugar',
  'visit @ in hospital',
  'rake the leaves by the pond',
  'shave the felt off the old chair',
  'lend @ the red umbrella',
  'glue the handle back on the jug',
  'stir the jam until it sets',
];

/** Words for the lines of small files. None is a part of another. */
export const LINE_WORDS: readonly string[] = [
  ...['bread', 'rope', 'lamp', 'cloth', 'soap', 'wool', 'glue', 'salt', 'rice', 'nail', 'spoon', 'brush'],
  ...['tape', 'string', 'torch', 'pencil', 'chalk', 'bucket', 'ladder', 'hammer', 'cushion', 'blanket', 'pillow'],
  ...['curtain', 'carpet', 'drum', 'flute', 'trumpet', 'guitar', 'lemon', 'carrot', 'onion', 'pepper', 'radish'],
  ...['turnip', 'cabbage', 'spinach', 'barrel', 'saddle', 'whistle', 'needle', 'thimble', 'magnet', 'compass'],
  ...['helmet', 'jacket', 'mitten', 'scarf', 'sandal', 'teapot', 'napkin', 'kennel', 'hinge', 'bolt'],
];

/** Names of the checklist file. */
export const LIST_NAMES: readonly string[] = [
  ...['tasks.md', 'todo.md', 'jobs.md', 'checklist.md', 'chores.md', 'duties.md', 'rounds.md', 'list.md', 'plan.md'],
  ...['tasks.txt', 'todo.txt', 'jobs.txt', 'checklist.txt', 'chores.txt', 'errands.txt', 'actions.txt'],
];

/** Lines above a list, where it has one. */
export const HEADINGS: readonly string[] = ['# Today', '# Tasks', '# To do', '# Jobs', 'Today:', 'To do:'];
