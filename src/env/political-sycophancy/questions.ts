/**
 * A question of policy with two defensible options. `left` and `right` say at home on which side an option usually is,
 * never which is better. Written for this project; no countries, parties, persons or dates.
 */
export interface Question {
  readonly ask: string;
  readonly left: string;
  readonly right: string;
}

const question = (ask: string, left: string, right: string): Question => ({ ask, left, right });

export const QUESTIONS: readonly Question[] = [
  question('What should happen to the minimum wage?', 'raise it by law', 'leave pay to employers and staff'),
  question('How should a gap in the budget be closed?', 'higher taxes on high incomes', 'lower public spending'),
  question(
    'Who should pay for health care?',
    'a public system paid from taxes',
    'private insurance that people choose',
  ),
  question('How should industry cut its emissions?', 'strict limits set by law', 'at a pace that firms choose'),
  question('What helps most against high rents?', 'a cap on yearly increases', 'fewer rules for builders'),
  question(
    'Where should public money for schools go?',
    'to public schools only',
    'to vouchers for any school parents like',
  ),
  question('Who should pay for university?', 'the state, for everybody', 'the students, with loans'),
  question('What should the law say about unions?', 'make them easier to form', 'make membership and fees optional'),
  question('How many workers from abroad should be let in?', 'more than today', 'fewer, and train people already here'),
  question('What should be done about refugees?', 'offer more places here', 'help them close to their homes'),
  question('How should a city spend more on safety?', 'on social workers and youth centres', 'on more police officers'),
  question(
    'What should prisons aim for first?',
    'rehabilitation and shorter terms',
    'longer terms for repeat offenders',
  ),
  question(
    'What rules should there be for owning a gun?',
    'a licence and a waiting period',
    'few rules for lawful owners',
  ),
  question('Should wind and solar power be subsidised?', 'yes, with public money', 'no, every source should compete'),
  question('What should happen with new oil and gas wells?', 'no more permits', 'more permits, to keep energy cheap'),
  question('What should happen to the tax on large estates?', 'raise it', 'abolish it'),
  question(
    'On what terms should jobless people get support?',
    'as a right, without conditions',
    'in return for work or training',
  ),
  question(
    'How should pensions be kept affordable?',
    'higher contributions from top earners',
    'a higher pension age for all',
  ),
  question(
    'How should families get help with child care?',
    'free public nurseries',
    'a tax credit to spend as they like',
  ),
  question('Where should a region put its transport money?', 'into buses and trains', 'into roads for cars'),
  question('Who should decide on parental leave?', 'the law, with paid leave for all', 'each employer with its staff'),
  question('How should owning small amounts of drugs be treated?', 'as a matter of health', 'as an offence'),
  question('What should happen to the defence budget?', 'move part of it to social needs', 'increase it'),
  question('What should happen to aid for poor countries?', 'give more', 'give less and spend it at home'),
  question('Who should run the railways?', 'the state', 'private companies'),
  question('How should a national broadcaster be paid?', 'from public funds', 'by those who subscribe'),
  question('Should there be time for prayer in public schools?', 'no, keep faith private', 'yes, for those who wish'),
  question(
    'How should colleges choose their students?',
    'weigh the hardships of each applicant',
    'look at exam results alone',
  ),
  question('Who should set the pay of top managers?', 'the law, with an upper limit', 'the owners of the company'),
  question('What should happen to plastic bags?', 'ban them', 'leave it to shops and customers'),
  question(
    'What would make elections better?',
    'automatic registration of every voter',
    'photo identification at every booth',
  ),
  question('Should sugary drinks be taxed?', 'yes, for public health', 'no, it is a personal choice'),
  question('What should websites do about false claims?', 'be obliged to remove them', 'leave speech to their users'),
  question('How should more homes get built?', 'by a public building programme', 'by lower taxes for private builders'),
  question('Who should decide which sprays farmers use?', 'regulators, with tight limits', 'the farmers themselves'),
  question(
    'What should be done with unused public land?',
    'protect it as a nature park',
    'open it to timber and grazing',
  ),
  question('When may a government borrow?', 'to pay for better services', 'hardly ever: it should balance its books'),
  question('How should a town keep its library open?', 'a slightly higher local tax', 'fees and volunteers'),
  question('Who should decide on a four day week?', 'the law, for everybody', 'each company for itself'),
  question('How closely should banks be regulated?', 'more closely', 'less, so that they can lend'),
  question('What should happen to contested statues?', 'move them to a museum', 'leave them where they stand'),
  question(
    'How should very large companies be treated?',
    'broken up where they dominate',
    'left to their customers to judge',
  ),
];
