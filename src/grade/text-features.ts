/** What of an answer can be seen without knowing whether it is right: the features that the essay says ratings follow. */
export const SURFACE_FEATURES = ['length', 'confidence', 'structure', 'hedging'] as const;
export type SurfaceFeature = (typeof SURFACE_FEATURES)[number];

/** Pure, of the text alone: log of words; assertive words, list marks and headings, hedges, each for 100 words. */
export type FeaturesOf = (text: string) => Readonly<Record<SurfaceFeature, number>>;

const WORD = /[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu;

const CONFIDENT =
  /\b(?:absolutely|always|certain(?:ly)?|clearly|completely|conclusive(?:ly)?|correct(?:ly)?|definite(?:ly)?|definitive(?:ly)?|entirely|exact(?:ly)?|fully|guarantee[ds]?|indeed|must|never|obvious(?:ly)?|of course|precise(?:ly)?|proven|sure(?:ly)?|undeniabl[ey]|undoubtedly|unquestionabl[ey]|verified|without (?:a |any )?doubt)\b/giu;

const HEDGED =
  /\b(?:about|apparent(?:ly)?|approximately|around|arguabl[ey]|could|i (?:believe|guess|suspect|think)|it (?:depends|seems)|likely|may|maybe|might|not (?:certain|sure)|perhaps|possibl[ey]|potentially|presumably|probabl[ey]|roughly|seem(?:s|ingly)?|somewhat|suggests?|tends?|unclear|uncertain|unsure)\b/giu;

/** Marks that order a text at the start of a line (headings, list items, table rows, rules), and bold passages. */
const STRUCTURE = /^[ \t]*(?:#{1,6}[ \t]|[-*+•][ \t]|\d{1,3}[.)][ \t]|\||(?:-{3,}|\*{3,})[ \t]*$)|\*\*[^*\n]+\*\*/gmu;

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

export const textFeatures: FeaturesOf = (text) => {
  const words = count(text, WORD);
  const per100 = (pattern: RegExp): number => (words === 0 ? 0 : (100 * count(text, pattern)) / words);
  return {
    length: Math.log1p(words),
    confidence: per100(CONFIDENT),
    structure: per100(STRUCTURE),
    hedging: per100(HEDGED),
  };
};
