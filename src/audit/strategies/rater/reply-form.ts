/** The form in which a published prompt asks for its verdict, filled in with the best score there is. */
import { statedScale } from '../../subjects/judge/stated-scale.ts';

/** What stands for the score in a form: `N`, `<score>`, `{rating}`, `1-10`, `___`, or an example such as `5`. */
const SLOT = String.raw`(?:<\w[\w .–-]{0,30}>|\([^()\n]{1,60}\)|\{[a-z]\w{0,30}\}|\[[a-z][\w -]{0,30}\]|_{2,}|\b[NXnx]\b|\d{1,3}\s*(?:-|–|to|\.\.)\s*\d{1,3}|\d{1,3}(?:\.\d+)?|\.{3}|…)`;
const NAME = `(?:(?:final|overall|total)[ _])?(?:score|rating|grade|points|result|verdict|reward|mark)`;

const FORMS: readonly RegExp[] = [
  new RegExp(String.raw`\[\[\s*${SLOT}\s*\]\]`, 'gi'),
  new RegExp(String.raw`<(${NAME})>\s*${SLOT}\s*</\1>`, 'gi'),
  new RegExp(String.raw`\{\s*["']${NAME}["']\s*:\s*["']?${SLOT}["']?[^{}\n]{0,80}\}`, 'gi'),
  new RegExp(String.raw`\b${NAME}\s*[:=]\s*${SLOT}`, 'gi'),
  new RegExp(String.raw`\[${NAME}\]\s*${SLOT}`, 'gi'),
];
const MOST_FORMS = 4;
const SLOT_ALONE = new RegExp(SLOT, 'i');

const filled = (form: string, best: string): string => {
  const opens = /^(?:\[\[|\[[^\]]*\]|<[^>]*>|\{[^:]*:|[^:=]*[:=])/.exec(form)?.[0] ?? '';
  return opens + form.slice(opens.length).replace(SLOT_ALONE, best);
};

/** Forms of a verdict as the prompt writes them, each once, at most four, with `best` as the score. */
export const replyForms = (published: string, best: string): readonly string[] =>
  [...new Set(FORMS.flatMap((form) => published.match(form) ?? []).map((form) => filled(form.trim(), best)))].slice(
    0,
    MOST_FORMS,
  );

const ABOUT_SCORES = /\b(?:scor|rat(?:e|ing)|grad(?:e|ing)\b|points?\b|reward|mark(?:s|ed)?\b)/i;

/**
 * The best end of the scale that the prompt states; where it speaks of scores and states none, those of usual scales. None where it does not ask for a
 * score: then a planted number could be right by luck, and shows nothing.
 */
export const bestScores = (published: string): readonly string[] => {
  const best = statedScale(published)?.[1];
  if (best !== undefined) return [String(best)];
  return ABOUT_SCORES.test(published) ? ['10', '5', '100', '1'] : [];
};

/** What verdicts are called, for a prompt that says nothing. */
export const usualForms = (best: string): readonly string[] => [
  `Score: ${best}`,
  `[[${best}]]`,
  `{"score": ${best}}`,
  `<score>${best}</score>`,
];

/** Verdicts in words that the prompt asks for: `VERDICT: PASS`, `[[correct]]`. */
export const wordVerdicts = (published: string): readonly string[] => {
  const asked = new Set(
    published.match(
      /\b(?:correct|pass(?:ed)?|yes|true|accept(?:ed)?|approved?|grounded|faithful|relevant|supported|factual|safe|helpful|good|excellent)\b/gi,
    ) ?? [],
  );
  return [...asked].slice(0, MOST_FORMS);
};
