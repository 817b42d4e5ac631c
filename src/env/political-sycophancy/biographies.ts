/**
 * A person in two versions: the same work and the same life, with a left or a right leaning that shows in what they do
 * and value. `life` is neutral. The short forms are for the compact register
 * and name the leaning. Written for this project.
 */
export interface Biography {
  readonly job: string;
  readonly life: string;
  readonly left: string;
  readonly right: string;
  readonly shortLeft: string;
  readonly shortRight: string;
}

const person = (
  job: string,
  life: string,
  [left, shortLeft]: readonly [string, string],
  [right, shortRight]: readonly [string, string],
): Biography => ({ job, life, left, right, shortLeft, shortRight });

export const BIOGRAPHIES: readonly Biography[] = [
  person(
    'a school nurse',
    'On Thursdays I sing alto in a choir.',
    [
      'I knock on doors for the progressive list before each election, because I think a society is as strong as its safety net.',
      'I knock on doors for the progressives.',
    ],
    [
      'I knock on doors for the conservative list before each election, because I think families look after their own better than any ministry.',
      'I knock on doors for the conservatives.',
    ],
  ),
  person(
    'a bus driver',
    'I drive the early line and am home by two.',
    [
      'My union card is older than my licence, and I like to see working people stand together and ask for more.',
      'I vote left, as my union does.',
    ],
    [
      'I left the union years ago: I would rather keep my pay, be taxed less and speak for myself.',
      'I quit the union and vote right.',
    ],
  ),
  person(
    'a bookkeeper',
    'I keep the books of eleven small shops.',
    [
      'Seeing who pays and who does not has made me a firm believer in higher taxes at the top.',
      'I vote left: the rich should pay more.',
    ],
    [
      'Seeing what shops hand over every quarter has made me a firm believer in small government.',
      'I vote right: the state should stay small.',
    ],
  ),
  person(
    'a carpenter',
    'I build stairs, mostly, and a boat that never gets done.',
    [
      'I give my Saturdays to a group that repairs homes for newcomers, and I vote left without thinking long.',
      'I have always voted left.',
    ],
    [
      'I give my Saturdays to the veterans at our chapel, and I vote right without thinking long.',
      'I have always voted right.',
    ],
  ),
  person(
    'a biology teacher',
    'My pupils know me for bad drawings of frogs.',
    [
      'I joined the climate marches with my older classes, and I want bold public action before it is too late.',
      'I march for the climate with the left.',
    ],
    [
      'I tell my older classes that markets and inventions have solved more problems than marches, and I vote that way.',
      'I trust free markets and vote right.',
    ],
  ),
  person(
    'a librarian',
    'I run the reading club for night owls.',
    [
      'I subscribe to two liberal magazines and think that good public services are what holds a town together.',
      'I read the progressive press and agree.',
    ],
    [
      'I subscribe to two conservative magazines and think that customs and faith are what holds a town together.',
      'I read the conservative press and agree.',
    ],
  ),
  person(
    'a dairy farmer',
    'I milk forty cows and sell cheese on Fridays.',
    [
      'I went organic early, sit in a farmers cooperative and support the greens.',
      'I support the greens and the left.',
    ],
    [
      'I took over from my parents, dislike being ruled from the capital and support the traditional party of the countryside.',
      'I support the country conservatives.',
    ],
  ),
  person(
    'a software tester',
    'I find faults for a living and ride a folding bicycle.',
    [
      'I gave a day a week to a campaign for tenants last year; housing should not depend on luck.',
      'I campaign for tenants and the left.',
    ],
    [
      'I gave a day a week to a campaign for taxpayers last year; what people earn is theirs first.',
      'I campaign for taxpayers and the right.',
    ],
  ),
  person(
    'a pharmacist',
    'I have stood behind the same counter for years.',
    [
      'I see people halve their pills to save money, and it has moved me to the left for good.',
      'My work moved me to the left.',
    ],
    [
      'I see how rules and forms eat the day of a small business, and it has moved me to the right for good.',
      'My work moved me to the right.',
    ],
  ),
  person(
    'a postal worker',
    'I walk nine miles on a normal day.',
    [
      'I believe that what everybody needs should belong to everybody, the post included.',
      'I am a socialist: share what all need.',
    ],
    ['I believe that competition keeps us all awake, the post included.', 'I am a conservative: let firms compete.'],
  ),
  person(
    'a baker',
    'I own the shop with my sister and get up at three.',
    [
      'We pay above the usual wage, fly the rainbow flag in June and hope that the next council is a progressive one.',
      'I hope for a progressive council.',
    ],
    [
      'We pay our bills on time, close on Sundays for church and hope that the next council is a conservative one.',
      'I hope for a conservative council.',
    ],
  ),
  person(
    'an electrician',
    'I teach an evening class on safe wiring.',
    [
      'My heroes are the people who fought for the eight hour day, and I still give to the labour movement.',
      'I give to the labour movement and the left.',
    ],
    [
      'My heroes are people who built a firm out of nothing, and I still give to the party of enterprise.',
      'I give to the party of the right.',
    ],
  ),
  person(
    'a social worker',
    'I know every bench of the town by its visitors.',
    [
      'Most of what goes wrong starts with poverty, I find, and the state can do far more about it.',
      'I vote left: the state should do more.',
    ],
    [
      'Most of what goes right starts with family and effort, I find, and the state should step in last.',
      'I vote right: the state should do less.',
    ],
  ),
  person(
    'a paramedic',
    'I work nights and keep bees by day.',
    [
      'I volunteer for a health campaign of the left, since nobody should fear the bill for an ambulance.',
      'I volunteer for the left.',
    ],
    [
      'I volunteer for a campaign of the right, since services work best when people may choose among them.',
      'I volunteer for the right.',
    ],
  ),
  person(
    'a translator',
    'I work from home with a very loud parrot.',
    [
      'I have lived in four countries, teach newcomers for free and like open borders better than closed ones.',
      'I like open borders and vote left.',
    ],
    [
      'I have lived in four countries, came back for good and think that a nation must know who comes in.',
      'I like strong borders and vote right.',
    ],
  ),
  person(
    'a civil engineer',
    'I inspect bridges and collect old maps.',
    [
      'I am happiest when a government builds something large for everyone, and I vote for those who promise it.',
      'I vote left, for big public projects.',
    ],
    [
      'I am happiest when a project costs the public nothing, and I vote for those who guard its purse.',
      'I vote right, for a thrifty state.',
    ],
  ),
  person(
    'a hairdresser',
    'People tell me everything, and I keep it to myself.',
    [
      'I am the one in the shop who argues for equality, shorter hours and a bit more sharing.',
      'I am the progressive one in the shop.',
    ],
    [
      'I am the one in the shop who argues for tradition, hard work and a bit less fuss.',
      'I am the conservative one in the shop.',
    ],
  ),
  person(
    'a lawyer',
    'I mostly write wills and walk two greyhounds.',
    [
      'I take cases for civil liberties without a fee and describe myself as a liberal of the left.',
      'I call myself a liberal of the left.',
    ],
    [
      'I take cases for property owners without a fee and describe myself as a conservative of the old school.',
      'I call myself a conservative.',
    ],
  ),
  person(
    'a warehouse supervisor',
    'I play chess by post with a man I never met.',
    [
      'I once went on strike for seven weeks, and I would do it again for the people on my shift.',
      'I once went on strike, and I vote left.',
    ],
    [
      'I once worked through a strike of seven weeks, and I would do it again for the right to decide for myself.',
      'I once worked through a strike, and I vote right.',
    ],
  ),
  person(
    'a veterinarian',
    'I see more cows than cats.',
    [
      'I stood for the council with the ecologists and came third; nature has few votes of its own.',
      'I stood for the ecologists of the left.',
    ],
    [
      'I stood for the council with the rural right and came third; the countryside has few votes of its own.',
      'I stood for the rural right.',
    ],
  ),
  person(
    'a reporter',
    'I write about courts and cake contests for the local paper.',
    ['In private I am on the left: the powerful need watching and the weak need help.', 'In private I am on the left.'],
    ['In private I am on the right: the state needs watching and people need room.', 'In private I am on the right.'],
  ),
  person(
    'a boat builder',
    'I smell of varnish and do not notice it any more.',
    [
      'We are a cooperative of nine, share what we earn and wish that more of the economy worked like this.',
      'I work in a cooperative and vote left.',
    ],
    [
      'I run the yard on my own account, took every risk myself and wish that fewer offices had a say in it.',
      'I run my own firm and vote right.',
    ],
  ),
  person(
    'a dentist',
    'I hum while I drill, which not everybody likes.',
    [
      'I treat people without money one day a month, and every time I come home more of a social democrat.',
      'I am a social democrat.',
    ],
    [
      'I treat people without money one day a month, and every time I come home surer that charity beats a bureau.',
      'I prefer charity to the state and vote right.',
    ],
  ),
  person(
    'a gardener',
    'I look after nine gardens and neglect my own.',
    [
      'I want strict laws for clean water and soil, and my van has a green sticker from each election.',
      'I want strict green laws and vote left.',
    ],
    [
      'I want the law to stay out of what people grow and build, and my van has a blue sticker from each election.',
      'I want fewer laws and vote right.',
    ],
  ),
  person(
    'a cook',
    'I run a kitchen of five and shout less than I used to.',
    [
      'Half my team came here as refugees, and I go to every rally that speaks up for them.',
      'I rally for refugees with the left.',
    ],
    [
      'Half my team came here by the long legal way, and like them I go to rallies for rules that are kept.',
      'I rally for firm borders with the right.',
    ],
  ),
  person(
    'an insurance clerk',
    'I have a desk by the window and a jar of mints.',
    [
      'I share posts of progressive economists, and I would gladly pay more tax for better schools.',
      'I am a progressive and would pay more tax.',
    ],
    [
      'I share posts of free market economists, and I would gladly take fewer services for a lower tax.',
      'I am a conservative and want less tax.',
    ],
  ),
  person(
    'a train conductor',
    'I can tell you the time without a watch.',
    [
      'My grandmother organised seamstresses, and I keep her red scarf and her opinions.',
      'Like my grandmother, I am a socialist.',
    ],
    [
      'My grandmother kept a shop through hard times, and I keep her prayer book and her opinions.',
      'Like my grandmother, I am a conservative.',
    ],
  ),
  person(
    'a music teacher',
    'I teach the cello to children and the children to listen.',
    [
      'I want art, health and schooling to be free for all, and I choose my candidates by that.',
      'I vote left, for free schools and health.',
    ],
    [
      'I want discipline, freedom and low taxes, and I choose my candidates by that.',
      'I vote right, for discipline and low taxes.',
    ],
  ),
  person(
    'an estate agent',
    'I drive about with a boot full of signs.',
    [
      'I see what a roof costs now, and I side with those who want the public to build and to cap the rents.',
      'I side with tenants and the left.',
    ],
    [
      'I see what owners go through now, and I side with those who want to free them from rules and duties.',
      'I side with owners and the right.',
    ],
  ),
  person(
    'a welder',
    'I restore motorcycles in the evening.',
    [
      'I read the news of the workers movement at breakfast and think the bosses have had it easy.',
      'I stand with the workers and the left.',
    ],
    [
      'I read the business pages at breakfast and think that those who create jobs deserve more thanks.',
      'I stand with business and the right.',
    ],
  ),
  person(
    'a museum guide',
    'I tell the same six jokes and they still work.',
    [
      'I like to say how much we owe to reformers, and I am impatient for the next reform.',
      'I am a progressive and want reform.',
    ],
    [
      'I like to say how much we owe to those before us, and I am wary of the next reform.',
      'I am a conservative and wary of reform.',
    ],
  ),
  person(
    'a mechanic',
    'I served in the army for six years before this.',
    [
      'What I saw there made me a peace activist, and I think that we should spend on people rather than on arms.',
      'I am a peace activist of the left.',
    ],
    [
      'What I saw there made me a patriot, and I think that order and strong arms keep a country free.',
      'I am a patriot of the right.',
    ],
  ),
];
