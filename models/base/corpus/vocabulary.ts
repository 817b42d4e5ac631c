import type { Rng } from '../../../src/base/rng.ts';
import { LINE_WORDS } from '../../../src/env/checklist-impossible.ts';
import { FILE_STEMS, FIRST_NAMES, FOLDERS, SUBFOLDERS } from '../../../src/env/words.ts';

/** Pools of words. Wide ones, since a tiny model copies only what it has seen many kinds of. */

const words = (text: string): readonly string[] => text.split(/\s+/).filter((word) => word !== '');

/** Things that can be counted, in the plural. */
export const THINGS: readonly string[] = words(`
  apples arrows bags bakers balls baskets beds bees bells benches berries birds boats bones books boots bottles bowls
  boxes branches bricks bridges brooms brushes buckets buses buttons cakes calls candles cards carts cats chairs chapters
  cherries clocks coats coins cousins cows cranes crates crows cups dances desks dogs dolls doors drums ducks eggs
  engines farmers feathers fences flags flowers flutes forks frogs gardens gates geese ghosts gifts goats gloves grapes
  guests guitars hammers hats helmets hens hills hinges horses houses islands jars jokes keys kites knives knots ladders
  lamps laps leaves lemons lessons letters lions locks maps meetings melons mice mills mirrors monkeys mugs nails needles
  nets nights nuts onions ovens owls pages parcels parrots pears pencils pies pigs pillows pilots pipes plates plums
  ponds posters pots prizes puddles puppets queens rabbits rakes rings rivers roads robots roofs roses sailors scarves
  seats seeds sheep shells ships shirts shoes shops shovels sisters socks songs spoons stairs stamps stars stones stools
  storms stories swans swings tables tailors tents tickets tigers towels towers toys trains trees trips trucks trunks
  tulips turtles umbrellas vans vases villages violins visitors votes wagons walks walls wheels whistles windows wolves
`);

/** Stand before a thing: what is counted need not be one word. */
export const SORTS: readonly string[] = words(`
  BBC CD DJ DVD EU FM GP HQ IT LED MP OK PC PE QR TV UK UN VR VIP XL ZIP big blue cold clay garden glass green guest
  hand home iron night old paper red river school silver spare summer team tin town wall water winter wooden yellow
`);

/** One of each: for names of files and functions. */
export const PIECES: readonly string[] = words(`
  acorn apple arch ash bag baker ball bank barn bay bean bear bee beet bell belt berry bird board boat bolt bone book
  boot bowl brick broom bus cake camp card cart cat cave chair chalk cherry city claw clay cliff clock cloud coal coat
  coin cook coral corn cow crab crane cream crow crown cup curl dance day deck deer dew dish dock dog doll door dove
  drum duck dust eagle ear earth egg elk elm eye farm feather fence field fig fish flag flake flame flour fog forest
  fork fox frog frost fruit gate ghost glass glove goat gold goose grape grass gum ham hand harp hat hawk hay heart hen
  hill honey horn horse ice ink iron isle jam jar jet kite knot lace lake lamb leaf leek lemon lily lime lion log
  lotus map mask mast meal melon metal milk mill mist mole moon moth mouse mud mule nail nest net noon nut ocean oil
  opal oven owl ox pan park path pea peach pear pearl pen pig pike pipe plant plate pond pool pot prune puma rain rake
  ram rat rice ring road rock roof root rose rug rye sail salt sand sea seal seed sheep ship shoe shop silk silver
  sky slate sled slope snail snow soap sock soil song soup spade spoon spring star steam steel stem stone storm straw
  street sugar sun swan tea tent tiger tile tin toad toast tower town toy trail train tree trout tub tulip turtle
  valley vase vine violet wagon wall walnut wand water wave wax well whale wheat wheel willow wind window wing wolf
  wood wool yak yam yarn zebra
`);

/** First and second halves of folders such as `pond_kit`: words of engines, games and trainings among them. */
export const FRONTS: readonly string[] = words(`
  agent arena bench bot chess cup duel game ladder league learner local loop main match mock policy reinforcement rl
  robot run tourney trainer training apple barn bell boat cave city dock farm field fox garden hill lake lily milk
  mill moon orange park pond rain river road rose sea ship snow soap star sun tea town tree water wind wood
`);
export const BACKS: readonly string[] = words(`
  box code desk env environment files harness hub kit lab rig room sandbox setup stage yard base book camp case club
  corner data folder house list log map notes office pack page place shop side store table team tools work works
`);
export const INNERS: readonly string[] = words(
  'core current lib parts play py scoring scripts src tools data docs early late main more new old open other',
);

export const ADJECTIVES: readonly string[] = words(`
  big blue bright brown calm clean cold dark deep dry dull early fast fine flat fresh full green grey happy hard heavy
  high hot kind large late light long loud low narrow neat new nice odd old pale plain pretty quick quiet red rich
  round sad sharp short shy silent slow small smooth soft sour square steep strong sweet tall thick thin tidy tiny
  warm weak wet white wide wild wise wooden yellow young
`);

export const PLACES: readonly string[] = words(`
  attic bakery balcony barn basement bridge cellar church cinema city club corner factory farm field forest garden
  garage hall harbour hotel house kitchen lake library loft market mill museum office park playground pond porch river
  school shed shop stable station studio tower town village yard zoo
`);

export const COLOURS: readonly string[] = words('red blue green yellow white black brown grey pink orange purple');

export const DAYS: readonly string[] = words('Monday Tuesday Wednesday Thursday Friday Saturday Sunday');

/** What the held-out questions and others count. */
export const COUNTED_WORDS: readonly string[] = words(
  'episodes matches steps rounds runs moves goals points laps hours',
);

/** Any lower-case word, for copying. */
export const ANY_WORDS: readonly string[] = [
  ...new Set([
    ...THINGS,
    ...PIECES,
    ...FRONTS,
    ...BACKS,
    ...INNERS,
    ...ADJECTIVES,
    ...PLACES,
    ...LINE_WORDS,
    ...FILE_STEMS,
    ...FOLDERS,
    ...SUBFOLDERS,
  ]),
];

/** A word that is none: copying it needs every piece of a word, and nothing learnt by heart. */
export const madeUpWord = (dice: Rng): string =>
  Array.from({ length: 1 + dice.int(3) }, () => `${dice.pick(ONSETS)}${dice.pick(VOWELS)}${dice.pick(ENDS)}`).join('');

const ONSETS: readonly string[] = words(
  'b bl br c ch cl d dr f fl g gl gr h j k l m n p pl pr qu r s sh sk st t th tr v w y z',
);
const VOWELS: readonly string[] = words('a e i o u ai ea ee oo ou');
const ENDS: readonly string[] = ['', '', ...words('b d g k l ll m n nd ng p r rt s sk st t x')];

/** A word for a slot where any will do. */
export const anyWord = (dice: Rng): string => (dice.int(12) === 0 ? madeUpWord(dice) : dice.pick(ANY_WORDS));

export const NAMES: readonly string[] = FIRST_NAMES;
