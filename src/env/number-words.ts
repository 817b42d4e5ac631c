/** English number words from zero to 999, as text and back. */

const SMALL = [
  ...['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'],
  ...['thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen'],
];
const TENS = ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];

const below = new Map<string, number>([
  ...SMALL.map((word, number): [string, number] => [word, number]),
  ...TENS.map((word, at): [string, number] => [word, (at + 2) * 10]),
]);

/** Words with single blanks and no hyphens: "one hundred and sixty eight". 0 to 999. */
export const numberWords = (number: number): string => {
  if (number < 20) return SMALL[number] ?? '';
  if (number < 100) {
    const ten = TENS[Math.floor(number / 10) - 2] ?? '';
    return number % 10 === 0 ? ten : `${ten} ${SMALL[number % 10] ?? ''}`;
  }
  const hundred = `${SMALL[Math.floor(number / 100)] ?? ''} hundred`;
  return number % 100 === 0 ? hundred : `${hundred} and ${numberWords(number % 100)}`;
};

const ONES = SMALL.slice(1, 10).join('|');
const BELOW = `(?:${TENS.join('|')})(?:[ -](?:${ONES}))?|${SMALL.slice(2)
  .sort((one, other) => other.length - one.length)
  .join('|')}`;
const SPELLED = new RegExp(`\\b(?:(?:${ONES}|a) hundred(?:(?: and)? (?:${BELOW}|one))?|${BELOW})\\b`, 'g');

/** Replaces spelled-out numbers of a lower-case text by digits; "one" and "zero" alone are words like others. */
export const withDigits = (text: string): string =>
  text.replaceAll(SPELLED, (spelled) => {
    let [total, part] = [0, 0];
    for (const word of spelled.split(/[ -]+/)) {
      if (word === 'and' || word === 'a') continue;
      if (word === 'hundred') [total, part] = [total + Math.max(part, 1) * 100, 0];
      else part += below.get(word) ?? 0;
    }
    return String(total + part);
  });
