import type { Rng } from '../../base/rng.ts';

/** Everyday nouns, lower case, letters only. */
export const NOUNS: readonly string[] = [
  'acorn apron arch axle bacon badge bagel basin beetle belt berry blade blazer boat bonnet book boot bottle bowl bracket',
  'branch brick bridge broom brooch bugle bundle butter cable cactus camel canvas cape card cart castle celery cellar cement chain',
  'chair cherry chest chimney cider clay cloak clock cloud coat cocoa coin collar comb cork cotton cradle crayon cream crown',
  'cup cymbal dagger dahlia dish door dove dress drill duck easel elbow engine fan feather fence fiddle fig flag flask',
  'flour fork fountain fox frame gate gem globe glove goat goose grape gravel hammock handle harp hat hedge helm hive',
  'honey hood hook hose icicle ink iron island jam jar jewel jug kayak kite knife knot lace lake lamb latch',
  'lattice lawn leaf lemonade lentil lever lid lime lizard lobster loom lute mango mantle map mask mast meal melon mill',
  'mirror moon mop motor muffin mule mushroom napkin nest net nut oar oat oboe orange oven owl oyster paddle page',
  'pail paint pan parcel parrot pasta peach pear pearl pen piano pickle pier pilot pipe plank plate plough pocket pond',
  'pony porridge potato pouch prune pulley pump puppet purse quail quilt rabbit raft rail raisin rake ribbon ring robe rocket',
  'roof rose rudder rug sail salad salmon sand satin saucer saw scale screw seed shawl sheep shell ship shirt shoe',
  'shovel sieve silk sink skate sled slipper snail sock sofa soup spade spear sponge spring squash stamp star stem stone',
  'stool stove straw sugar swan sweater table tent thread ticket tiger tile timber toast tomato towel tower toy train truck',
  'tube tulip tunnel turkey turtle twig vase veil velvet vest vine violin wagon wall walnut wheel wick window wing yarn',
].flatMap((line) => line.split(' '));

export const ADJECTIVES: readonly string[] = [
  'amber ancient bitter black blue bold brave bright broad broken brown calm clean clear cold cool crisp dark deep dry',
  'dusty eager empty fair fast fine flat fresh gentle gold grand green grey happy hard heavy hidden high hollow huge',
  'humble icy jolly kind large lazy light little lively long loose loud low lucky mild narrow neat noisy open orange',
  'pale plain polite proud pure purple quick quiet rare red rich ripe rough round royal rusty salty sharp shiny short',
  'silent silver simple sleepy slim slow small smooth soft solid sour spare steady steep strong sunny sweet swift tall tame',
  'thick thin tidy tiny tough twin vast violet warm weak wet white wide wild wise wooden yellow young',
].flatMap((line) => line.split(' '));

/** Things that are counted. */
export const UNITS: readonly string[] = [
  'apples bags barrels beds benches bikes boats books boxes bulbs buses candles chairs chickens coins cows crates cups desks doors',
  'eggs emails flags forks games goats guests hats hens hours jars keys kites ladders lamps laps lessons letters loaves logins',
  'maps meals meetings members miles nails nights orders pages parcels pens photos plants plates players posters prints pupils rooms rows',
  'sacks seats sheep shelves shirts shops songs spoons stamps steps stools students tables tents tickets tiles tools towels tracks trees',
  'tries trips votes walks weeks windows',
].flatMap((line) => line.split(' '));

/** More draws than any pool here needs by far. */
const MOST_DRAWS = 1_000;

/** `count` different words, none a part of another. */
export const wordsFrom = (dice: Rng, words: readonly string[], count: number): readonly string[] => {
  const chosen: string[] = [];
  for (let draw = 0; draw < MOST_DRAWS && chosen.length < count; draw++) {
    const word = dice.pick(words);
    if (!chosen.some((other) => other.includes(word) || word.includes(other))) chosen.push(word);
  }
  if (chosen.length < count) throw new RangeError(`no ${count} words of ${words.length} are apart`);
  return chosen;
};

/** `count` different things to write down: a noun, an adjective and a noun, or either with a number. None is a part of another. */
export const phrasesFrom = (dice: Rng, count: number): readonly string[] => {
  const nouns = wordsFrom(dice.fork('nouns'), NOUNS, count);
  const adjectives = wordsFrom(dice.fork('adjectives'), ADJECTIVES, count);
  return nouns.map((noun, i) => {
    const shape = dice.int(5);
    if (shape === 0) return `${adjectives[i] ?? ''} ${noun}`;
    if (shape === 1) return `${noun} ${2 + dice.int(98)}`;
    return noun;
  });
};
