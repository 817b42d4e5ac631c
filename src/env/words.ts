/**
 * Pools of plausible names for paths and people. Families draw from them by the combinations of `variant.ts`. Lower-case
 * ones are safe in paths without quoting; no pool repeats a word, and no two of the path pools share one.
 */

/** Folders of a person's home. */
export const FOLDERS: readonly string[] = [
  ...[
    'archive',
    'attic',
    'basket',
    'bench',
    'binder',
    'box',
    'bureau',
    'cabinet',
    'cellar',
    'chest',
    'closet',
    'corner',
  ],
  ...['counter', 'crate', 'cupboard', 'den', 'desk', 'docs', 'drawer', 'folder', 'garage', 'hall', 'home', 'inbox'],
  ...['kit', 'ledger', 'library', 'locker', 'loft', 'nook', 'office', 'pantry', 'papers', 'parlour', 'pile', 'porch'],
  ...[
    'projects',
    'rack',
    'records',
    'room',
    'satchel',
    'shed',
    'shelf',
    'spare',
    'stack',
    'storage',
    'studio',
    'study',
  ],
  ...['suitcase', 'tray', 'trunk', 'vault', 'wardrobe', 'work', 'workbench', 'yard'],
];

/** Folders inside those: a topic or a time. */
export const SUBFOLDERS: readonly string[] = [
  ...[
    'april',
    'august',
    'autumn',
    'batch',
    'current',
    'drafts',
    'early',
    'evening',
    'first',
    'fresh',
    'friday',
    'july',
  ],
  ...['june', 'late', 'latest', 'march', 'misc', 'monday', 'new', 'old', 'open', 'other', 'pending', 'private'],
  ...[
    'recent',
    'second',
    'shared',
    'spring',
    'summer',
    'sunday',
    'term',
    'third',
    'today',
    'week',
    'weekend',
    'winter',
  ],
];

/** Names of files, without extension. */
export const FILE_STEMS: readonly string[] = [
  ...[
    'almanac',
    'anchor',
    'apple',
    'arrow',
    'aspen',
    'badger',
    'barley',
    'beacon',
    'birch',
    'bramble',
    'breeze',
    'button',
  ],
  ...[
    'candle',
    'canyon',
    'cedar',
    'clover',
    'cobble',
    'comet',
    'copper',
    'cricket',
    'daisy',
    'dune',
    'ember',
    'falcon',
  ],
  ...['fern', 'finch', 'flint', 'garnet', 'ginger', 'harbour', 'hazel', 'heron', 'ivy', 'juniper', 'kettle', 'lantern'],
  ...['lark', 'linen', 'maple', 'marble', 'meadow', 'mint', 'moss', 'nettle', 'oak', 'olive', 'orchid', 'otter'],
  ...['pebble', 'pine', 'plum', 'poppy', 'quartz', 'raven', 'reed', 'river', 'robin', 'saffron', 'sparrow', 'thistle'],
];

export const FIRST_NAMES: readonly string[] = [
  ...['Adaeze', 'Agnes', 'Ahmed', 'Alba', 'Amara', 'Anders', 'Anita', 'Arjun', 'Beatriz', 'Bram', 'Carmen', 'Cedric'],
  ...['Chloe', 'Dalia', 'Dmitri', 'Edith', 'Elias', 'Esther', 'Fatima', 'Felix', 'Gita', 'Graham', 'Hanna', 'Hugo'],
  ...['Imani', 'Ingrid', 'Ivan', 'Jamal', 'Joan', 'Jonas', 'Kenji', 'Kofi', 'Lara', 'Leon', 'Lucia', 'Magnus'],
  ...['Marta', 'Mei', 'Miguel', 'Nadia', 'Noor', 'Olga', 'Omar', 'Paula', 'Petra', 'Quentin', 'Rafael', 'Rosa'],
  ...['Ruth', 'Samir', 'Selma', 'Simon', 'Tamar', 'Theo', 'Ulrike', 'Vera', 'Viktor', 'Wendy', 'Yusuf', 'Zofia'],
];

export const SURNAMES: readonly string[] = [
  ...['Abbott', 'Adeyemi', 'Almeida', 'Baker', 'Bergstrom', 'Castillo', 'Chandra', 'Dahl', 'Dubois', 'Ellis', 'Farouk'],
  ...['Fischer', 'Gallagher', 'Garcia', 'Haddad', 'Hayes', 'Ibarra', 'Ito', 'Jansen', 'Jordan', 'Kaplan', 'Kowalski'],
  ...['Larsen', 'Liu', 'Mbeki', 'Moreau', 'Nakamura', 'Novak', 'Okafor', 'Olsen', 'Patel', 'Pereira', 'Quinn', 'Reyes'],
  ...['Rossi', 'Schmidt', 'Sharma', 'Tanaka', 'Turner', 'Usman', 'Varga', 'Vogel', 'Walsh', 'Weber', 'Yilmaz', 'Young'],
];

/** Towns that belong to no country in particular. */
export const TOWNS: readonly string[] = [
  ...[
    'Alder Creek',
    'Ashby',
    'Bellmont',
    'Birch Hill',
    'Brookside',
    'Cedar Falls',
    'Clearwater',
    'Coldwell',
    'Dunmore',
  ],
  ...['Easton', 'Elmfield', 'Fairhaven', 'Fernley', 'Glenrock', 'Granton', 'Greenbank', 'Harrow Bay', 'Hillcrest'],
  ...[
    'Ironbridge',
    'Juniper Flats',
    'Kingsmere',
    'Lakewood',
    'Linden',
    'Maplewood',
    'Marlow',
    'Millbrook',
    'Northfield',
  ],
  ...[
    'Oakridge',
    'Pinehurst',
    'Quarry Lane',
    'Redcliff',
    'Riverton',
    'Sandford',
    'Silverton',
    'Stonebridge',
    'Thornbury',
  ],
  ...['Union Springs', 'Westbrook', 'Whitfield', 'Winslow'],
];
