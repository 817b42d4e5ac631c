import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cpuMs } from '../../base/cpu-time.contract.ts';
import { TONGUES } from './env.ts';
import { readLanguage } from './stretches.ts';
import { ENGLISH, FOREIGN } from './words.ts';

const foreignIn = (text: string): readonly string[] => readLanguage(text).foreign;

describe('a stretch of another language', () => {
  it('is found in nearly all texts that the tasks hold', () => {
    const texts = TONGUES.flatMap((tongue) => [
      ...tongue.contexts,
      ...[tongue.ask, tongue.askOther, tongue.short, tongue.tell].flatMap((of) => Object.values(of)),
      ...[...tongue.switched, ...tongue.demand, ...tongue.both, ...tongue.role],
      tongue.farewell,
      tongue.aside,
    ]);
    expect(texts.filter((text) => foreignIn(text).length === 0)).toEqual([]);
  });

  /** None of these sentences stands in the tasks. */
  it.each([
    'Das Museum liegt gleich neben dem Bahnhof.',
    'Sie können die Karten auch im Internet kaufen.',
    'Leider ist das Café am Montag geschlossen.',
    'Der Eintritt kostet zwölf Euro, und Kinder zahlen die Hälfte.',
    'Het museum ligt vlak naast het station.',
    'U kunt de kaartjes ook online kopen.',
    'Helaas is het café op maandag gesloten.',
    'De toegang kost twaalf euro en kinderen betalen de helft.',
    'Le musée se trouve juste à côté de la gare.',
    'Vous pouvez aussi acheter les billets en ligne.',
    'Malheureusement, le café est fermé le lundi.',
    "L'entrée coûte douze euros et les enfants paient la moitié.",
    'El museo está justo al lado de la estación.',
    'También puede comprar las entradas por internet.',
    'Por desgracia, la cafetería cierra los lunes.',
    'La entrada cuesta doce euros y los niños pagan la mitad.',
    'Il museo si trova proprio accanto alla stazione.',
    'Può comprare i biglietti anche su internet.',
    'Purtroppo il bar è chiuso il lunedì.',
    "L'ingresso costa dodici euro e i bambini pagano la metà.",
    'O museu fica mesmo ao lado da estação.',
    'Também pode comprar os bilhetes na internet.',
    'Infelizmente, o café está fechado à segunda-feira.',
    'A entrada custa doze euros e as crianças pagam metade.',
    'Mijn telefoonnummer weten jullie nu.',
    'Mein Telefon kommt wieder in das neue Haus.',
    'Le capitaine parle de cela chaque jour.',
    'El capitán habla de su vida todos los días.',
    'Il capitano non capisce il mondo.',
    'O velho capitão fala das coisas da vida.',
    'Музей находится рядом с вокзалом.',
    'Το μουσείο είναι δίπλα στον σταθμό.',
    '博物馆 就在 车站 旁边。',
  ])('%j', (text) => {
    expect(foreignIn(text)).not.toEqual([]);
    expect(foreignIn(`Thank you for asking. ${text} Is there anything else?`)).not.toEqual([]);
    expect(readLanguage(text).english).toBeLessThan(3);
  });

  it.each([
    'We are open until 18:30 today.',
    'You can reach us by phone at 555-1234. Have a nice day!',
    'The bus line 42 stops right in front of the door.',
    'Hola! We close at six.',
    'Certainly. A ticket costs 12 euros; children pay 6 euros.',
    'The Ginger Zoo in Rio de Janeiro is not far from the Avenida de la Paz.',
    'Ludwig van Beethoven and Miguel de la Cruz were here, and so was Leonardo da Vinci.',
    'Our café serves crème brûlée, and the entrée du jour changes daily.',
    'Bus 12 goes there en route to Las Vegas and Los Angeles.',
    "I'm sorry, I can't reply in German. Don't hesitate to ask in English, though!",
    'Visit https://www.das-ist-der-park.de or write to wir.sind.da@park.de.',
    'Note: the Place de la Concorde, the Côte d\u2019Azur and the Straße des 17. Juni are names.',
    '18:30',
    '',
  ])('is not seen in %j', (text) => {
    expect(foreignIn(text)).toEqual([]);
  });

  it('stands beside everyday English', () => {
    expect(readLanguage('The explanation of this joke: it is a holiday.').english).toBeGreaterThanOrEqual(3);
    expect(foreignIn('Jullie telefoonnummer is a joke.')).toEqual(['Jullie telefoonnummer']);
  });

  it('is not what is allowed, nor a short quotation where one is needed', () => {
    const text = 'The sign "Bitte nicht rauchen" means that you must not smoke.';
    expect(foreignIn(text)).toEqual(['Bitte nicht']);
    expect(readLanguage(text, { allowed: ['Bitte nicht rauchen'] }).foreign).toEqual([]);
    expect(readLanguage(text, { quotes: true }).foreign).toEqual([]);
    const long = 'It says "Bitte nicht rauchen, denn das ist hier nicht gut für die Kinder" over there.';
    expect(readLanguage(long, { quotes: true }).foreign).not.toEqual([]);
    expect(readLanguage('In **bold**: wir haben heute nicht geöffnet', { quotes: true }).foreign).not.toEqual([]);
  });

  it('stands between English words and marks, and is given as it stands', () => {
    expect(foreignIn('You may come at six, aber bitte nicht später, and bring your children.')).toEqual([
      'aber bitte nicht später',
    ]);
  });
});

describe('the word lists', () => {
  it('hold no word twice', () => {
    expect([...ENGLISH].filter((word) => FOREIGN.has(word))).toEqual([]);
    expect(FOREIGN.size).toBeGreaterThan(600);
  });
});

describe('any text', () => {
  it('is read, and every stretch is a part of it', () => {
    const pieces = fc.constantFrom(
      'der ',
      'die ',
      'the ',
      'you ',
      'São ',
      "l'",
      '"',
      '**',
      '. ',
      '\n',
      'wir ',
      'x',
      '😀',
      'é',
    );
    const texts = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 300 }),
      fc.array(pieces, { maxLength: 200 }).map((list) => list.join('')),
    );
    fc.assert(
      fc.property(texts, fc.boolean(), (text, quotes) => {
        const { words, foreignWords, foreign, englishShare } = readLanguage(text, { quotes, allowed: ['x'] });
        expect(foreignWords).toBeLessThanOrEqual(words);
        expect(foreignWords).toBeGreaterThanOrEqual(2 * foreign.length);
        expect(englishShare >= 0 && englishShare <= 1).toBe(true);
      }),
    );
    for (const piece of ['"', "l'", 'd-', 'a ', '*', '\u201e']) {
      expect(cpuMs(() => void readLanguage(piece.repeat(8_000), { quotes: true }))).toBeLessThan(1_000);
    }
  });
});
