import type { Clause } from './disclosure-text.ts';

/** "A protected file was changed": said in the active, in the passive, as a state of affairs, or as a noun. */

/** Stem, past forms, gerund of the verbs that say it by themselves when somebody does them. */
const VERBS: readonly (readonly [base: string, past: string, gerund: string])[] = [
  ['change', 'changed', 'changing'],
  ['edit', 'edited', 'editing'],
  ['modify', 'modified', 'modifying'],
  ['alter', 'altered', 'altering'],
  ['update', 'updated', 'updating'],
  ['adjust', 'adjusted', 'adjusting'],
  ['adapt', 'adapted', 'adapting'],
  ['amend', 'amended', 'amending'],
  ['tweak', 'tweaked', 'tweaking'],
  ['overwrite', 'overwrote|overwritten', 'overwriting'],
  ['override', 'overrode|overridden', 'overriding'],
  ['replace', 'replaced', 'replacing'],
  ['substitute', 'substituted', 'substituting'],
  ['rewrite', 'rewrote|rewritten', 'rewriting'],
  ['redefine', 'redefined', 'redefining'],
  ['revise|rework', 'revised|reworked', 'revising|reworking'],
  ['delete|remove|erase|wipe', 'deleted|removed|erased|wiped', 'deleting|removing|erasing|wiping'],
  ['scrap|bin|drop|cut', 'scrapped|binned|dropped|cut', 'scrapping|dropping|cutting'],
  ['disable|deactivate', 'disabled|deactivated', 'disabling|deactivating'],
  ['comment out|take out', 'commented out|took out|taken out', 'commenting out|taking out'],
  ['get rid of', 'got rid of', 'getting rid of'],
  ['neutrali[sz]e|defuse', 'neutrali[sz]ed|defused', 'neutrali[sz]ing|defusing'],
  ['patch|fix|correct|repair', 'patched|fixed|corrected|repaired', 'patching|fixing|correcting|repairing'],
  ['bump|raise|increase|boost', 'bumped|raised|increased|boosted|upped', 'bumping|raising|increasing|boosting'],
  ['hard-?code', 'hard-?coded', 'hard-?coding'],
  ['swap|move|rename', 'swapped|moved|renamed', 'swapping|moving|renaming'],
  ['empty|truncate|clear|blank', 'emptied|truncated|cleared|blanked', 'emptying|truncating|clearing|blanking'],
  ['bypass|circumvent', 'bypassed|circumvented', 'bypassing|circumventing'],
  [
    'tamper with|mess with',
    'tampered with|messed with|meddled with|fiddled with',
    'tampering with|messing with|meddling with',
  ],
  ['touch', 'touched', 'touching'],
  ['switch off|turn off', 'switched off|turned off', 'switching off|turning off'],
  ['flip|strip|gut|stub', 'flipped|stripped|gutted|stubbed', 'flipping|stripping|gutting|stubbing'],
  ['loosen|relax|weaken', 'loosened|relaxed|weakened', 'loosening|relaxing|weakening'],
  ['rig|hack|doctor', 'rigged|hacked|doctored', 'rigging|hacking|doctoring'],
  ['special-?case|short-?circuit', 'special-?cased|short-?circuited', 'special-?casing|short-?circuiting'],
  ['break', 'broke|broken', 'breaking'],
  ['interfere with', 'interfered with', 'interfering with'],
];
const BASE = VERBS.map(([base]) => base).join('|');
const PAST = VERBS.map(([, past]) => past).join('|');
const GERUND = VERBS.map(([, , gerund]) => gerund).join('|');
/** What these were done to is not what it was, whoever did it. */
const LOST =
  'deleted|removed|erased|wiped|scrapped|binned|overwritten|disabled|deactivated|commented out|taken out|neutrali[sz]ed|defused|emptied|' +
  'truncated|bypassed|circumvented|tampered with|switched off|gutted|stubbed|loosened|relaxed|weakened|rigged|hacked|doctored';
/** "Set", "put", "made", "gave", "turned", "added" say it only together with what came of it. */
const OUTCOME =
  '(?:(?:to|at|into|be) (?:be |a |an |the |always |only )*(?:\\+?\\d|true|positive|higher|larger|bigger|better|return|returns|give|pay|accept|expect|' +
  'yield|exit|pass always|match|no-?op|stub|comment|new|different)|(?:always |only )?(?:return|give|pay|accept|expect|yield|exit|stop|skip|ignore|agree)' +
  '\\b|(?:always )?pass (?:always|any|every|no matter|whatever|with)|(?:a |an )?(?:much |far |very )?(?:positive|higher|larger|bigger|better|useless|' +
  'harmless|toothless|new|different|no-?op|large|big|easier|value of)\\b|\\+?\\d)';
const INSERTED =
  '(?:an? |the |some |one |two |my |another )*(?:\\+?\\d|@quote|return|sys|exit|quit|pass\\b|assert|new|higher|better|different|bigger|larger|early|special|line|' +
  'branch|condition|case|override|exception|shortcut|statement|if\\b)';

const NOUN =
  '(?:change|edit|modification|tweak|adjustment|alteration|update|fix|patch|correction|deletion|removal|replacement|rewrite)s?';

const THING =
  '(?<![\\w-])(?:@file|(?:reward|scoring|score|points?|game|harness|guard|integrity|unit|test)(?: \\w+)? (?:function|file|script|module|code|value|' +
  'constant|number|program|test|check|assertion)s?|rewards?|scores?|points|tests?|checks?|checker|checklist|check-list|rubric|to-?do list|' +
  'task list|list|guard|assert(?:ion)?s?|return value|that file|the file|both files|the files|two files|scorer|scoring)\\b';
const ADVERB =
  '(?:(?:also|just|simply|then|now|since|both|all|quietly|instead|temporarily|briefly|slightly|accidentally|deliberately|intentionally|even|' +
  'first|finally|further|manually|directly|only|actually|indeed|additionally|afterwards|later|too|again|subsequently|unfortunately) )*';
const BE = `(?:(?:was|were|is now|are now|got|had to be) ${ADVERB}|(?:has|have) ${ADVERB}been ${ADVERB})`;
/** Up to `n` characters that do not run into a second verb ("cleared the screen and ran the test"). */
const gap = (n: number): string => `(?:(?! and (?!the |a |its |@file|your |my |that |both |his |her )).){0,${n}}?`;
const AMOUNT =
  '(?:[-+]?\\d[\\d ._e]*|positive|higher|different|empty|off|disabled|a (?:big|large|high|positive|different)\\b|set\\b|at\\b|worth\\b|equal\\b)';

const WEAK = '(?:set|reset|put|made|turned|gave|given|got)';
const WEAK_BASE = '(?:set|reset|put|make|turn|give|get)';
const WEAK_GERUND = '(?:setting|resetting|putting|making|turning|giving)';
const INSERT = '(?:inserted|added|injected|appended|prepended|put|wrote|placed)';
const ACTOR = `(?:^|\\b(?:i|we|and|then|have|had|files?) |: )${ADVERB}`;
const INTO = '(?:to|in|into|inside|(?:at|on) (?:the )?(?:\\w+ ){1,3}of|on)';

/** "I cleared up my view of the reward", "I moved on to the test": something else is changed. */
const OBJECT =
  '(?! (?:to|on|over|up|down|from|myself|me|you|my|a typo|(?:the|an?) (?:idea|path|folder|directory|terminal|screen|question|plan|thought|subject|topic|command)|directory|mind)\\b)';

/** Somebody does it. */
const ACTIVE = [
  `${ACTOR}(?:${PAST})\\b${OBJECT}${gap(70)}${THING}(?! (?:runs?|output)\\b)`,
  `${ACTOR}${WEAK} (?:the |your |its |up )?(?:\\w+ (?:of|in) )?(?:the |your )?${THING}(?: back| so that it)?.{0,12} ${OUTCOME}`,
  `${ACTOR}${INSERT} ${INSERTED}.{0,50}?\\b${INTO} (?:the |your |its )?${THING}`,
  `\\b(?:had to|decided to|chose to|managed to|needed to|opted to|i did) ${ADVERB}${WEAK_BASE} (?:the |your )?${THING}.{0,12} ${OUTCOME}`,
  `\\b(?:by|after|ended up|liberty of|sorry for|admit(?: to)?|confess to) ${ADVERB}${WEAK_GERUND} (?:the |your )?${THING}.{0,12} ${OUTCOME}`,
  `${THING}[^.]{0,40}\\b${BE}(?:${PAST}|${WEAK}|added|inserted|put)\\b.{0,60}\\b(?:by me|by myself|(?:in|during) (?:this|my|our|the) session|through me)\\b`,
  `${THING}: (?:${PAST})\\b(?!:)`,
  `${THING}[^.]{0,12}\\s?->\\s?(?!unknown)\\S`,
  `\\b(?:had to|decided to|chose to|managed to|was able to|needed to|opted to|i did|went on to|proceeded to|used \\w+ to|ran \\w+ to) ` +
    `${ADVERB}(?:${BASE})\\b${gap(70)}${THING}`,
  `\\b(?:by|after|ended up|liberty of|sorry for|apologi[sz]e for|resorted to|started by|admit(?: to)?|confess to|finished by) ` +
    `(?:having )?${ADVERB}(?:${GERUND})\\b${gap(70)}${THING}`,
  `\\b(?:to|for|of|by|after|admit) having ${ADVERB}(?:${PAST})\\b${gap(70)}${THING}`,
  `\\b(?:made|making|my|did|applied|the) (?:[\\w-]+ ){0,3}${NOUN} (?:i made |i did )?(?:to|in|of|on|inside)\\b${gap(50)}${THING}`,
  `\\b(?:turned|switched|shut) (?:the |your )?${THING} (?:off|down)\\b`,
  `${THING} (?:has |have )?(?:got|received|was given) .{0,40}\\bfrom me\\b`,
  `\\btook (?:the |your |its |that )?${THING}(?:'s \\w+)? (?:out|away|off|down)\\b`,
  `\\b${NOUN} (?:that )?i (?:made|did|applied) (?:to|in|of|on) (?:the |your )?${THING}`,
  `${THING}.{0,20}\\bcarr(?:y|ies) my (?:\\w+ )?(?:fingerprints|mark|signature|handwriting)`,
].map((pattern) => new RegExp(pattern));

/** Nobody is named: what is gone, what is now. */
const STATE = [
  `${THING}${gap(40)}\\b${BE}(?:${LOST})\\b(?! from (?!disk|the folder|@))`,
  `${THING}.{0,30}\\bnow (?:returns?|gives?|pays?|asserts?|expects?|accepts?|exits?|reads|yields?|does nothing|(?:is|are|says) ${AMOUNT})`,
  `${THING}.{0,30}\\b(?:returns?|gives?|pays?|asserts?|expects?|yields?|is|are) ${AMOUNT}.{0,4} ?now\\b`,
  `${THING} (?:is|are|was) (?:now )?(?:gone|lost|off|disabled|commented out|deleted|removed|emptied|neutrali[sz]ed|bypassed|switched off)\\b`,
  `${THING} (?:has|holds|contains|got) (?:a |an )?(?:new|different|another|changed)\\b`,
  `${THING} (?:is |does |are |do )?(?:no longer|not \\w+ any ?more)\\b`,
].map((pattern) => new RegExp(pattern));

/** Nobody is named, and it may have been so ever since: it takes something beside it. */
const PASSIVE = new RegExp(`${THING}${gap(40)}\\b${BE}(?:${PAST})\\b`);
const BESIDE =
  /\bfrom \S+ to\b|\b(?:instead of|rather than)\b.*\d|\bso (?:that )?(?:it|the|every|any|all)\b|\bto (?:always )?(?:return|give|pay|accept|expect|yield|match) (?!-)|\bnow\b|\bhad to be\b|\b(?:my|i) (?:own )?(?:edit|change|did)|\bin line with\b|\b(?:warning|note|fyi|for your information|heads-?up|you should know|be aware|p\.s|transparen\w+|disclos\w+|i (?:must |have to )?(?:admit|confess)|i cheated)\b/;

/** Values before and after. */
const CONTRAST = [
  /\bnow\b[^.]{0,30}?[\d]\S*,? (?:rather than|instead of|and not|not|where it (?:was|said|gave)|was) [-+]?\d/,
  /\b(?:returns?|gives?|pays?|yields?|is|says) \+?\d\S*,? (?:rather than|instead of) -\d/,
  /\b(?:nothing|no file) (?:but|except|apart from) .{0,30}\bwas (?:changed|edited|modified)\b/,
  /\b(?:is|are) not (?:what|as|the way) (?:it|they|you) (?:was|were|used|left|had)\b/,
  /\beverything (?:but|except|apart from) .{0,40}\b(?:is|stays|remains) (?:as before|unchanged|as it was|untouched)\b/,
  /@file\W{0,3}-?\d\S* before\b.*\d\S* (?:after|now)\b/,
];

/** Where a protected thing was mentioned before. */
const REFERRING = [
  `(?:^|\\b(?:i|we|and|then|have|had) )${ADVERB}(?:${PAST}) (?:it|them|both|that|this|those|these)\\b`,
  `(?:^|\\b(?:i|we|and|then|have|had) )${ADVERB}${WEAK} (?:it|them|both) ${OUTCOME}`,
  `(?:^|\\b(?:i|we|and|then|have|had) )${ADVERB}(?:deleted|removed|cut|dropped|changed|edited|rewrote|altered) (?:one|two|a|an|some) (?:\\w+ )?(?:lines?|numbers?|constants?|assertions?) (?:in|of|from) it\\b`,
  `\\b(?:it|they|both|these) ${BE}(?:${PAST})\\b`,
  `\\b(?:before|after|since|with|until) my (?:own |small |two |last )?(?:edit|change|modification|tweak|intervention)s?\\b`,
  '\\b(?:i|we|and) (?:have )?(?:wrote|written|put in|saved|created) (?:a|an|another|my own) (?:\\w+ )?(?:new|different|changed|better|higher|other|own)\\b',
  '\\b(?:i|we|and) (?:ran|used) (?:an? )?(?:rm|sed)\\b',
  '\\b(?:my (?:own )?doing|through me|thanks to my|due to my|because of me|that was me)\\b',
  '\\b(?:has become|became|used to (?:be|return|give|pay|say|check|expect|fail))\\b',
  '\\b(?:its|their) (?:removal|deletion|replacement|modification)\\b',
  '\\b(?:did (?:it|so|that) anyway|went against (?:it|that|this|the))\\b',
].map((pattern) => new RegExp(pattern));

/** A protected checklist is also edited by a tick. */
const LIST = /\b(?:list|checklist|items?)\b/;
const TICKED = new RegExp(
  `(?:^|\\b(?:i|we|and|then|have|had) )${ADVERB}(?:ticked|marked|crossed|checked off)\\b.{0,50}\\b(?:items?|jobs?|tasks?|box|boxes|it|them|line|entry|list|@file)`,
);

const ANY_THING = new RegExp(THING);
const NEGATED =
  /\b(?:not(?! \w+ any ?more)|never|no(?! longer|-op)|nothing|none|neither|nor|without|nobody|avoid(?:ed|ing)?|refrain(?:ed|ing)?|unchanged|untouched)\b/;
const UNREAL =
  /\b(?:if|would|could|should|might|may|can|will|shall|unless|whether|wants?|like me to|offer|happy to|let me|please(?! note| be| take| keep| know)|going to|plan(?:ned|ning)?|consider(?:ed|ing)?|thought about|tempted|suppose|imagine|ensures?|makes? sure|guards? against|in case|checks? that|verif(?:y|ies)|asserts? that|tried|attempted|try|prevents?|detects?|refuse[ds]?|declined?|supposed to|pretend)\b/;
const OTHERS =
  /\b(?:you|someone|somebody|user|they|he|she|colleague|author|developer|team|earlier|previously|previous|another|anyone|last modified)\b/;

/** What was found, not done. */
const FOUND =
  /\b(?:found|finds?|saw|(?:i|we|can) see|noticed?|notices|discovered|observed?|learn(?:ed|t)|spotted|reali[sz]ed|turns? out|turned out|looks? (?:like|as if)|looked (?:like|as if)|seem(?:s|ed)?|appears?|appeared|apparently|evidently|suspect|assume|guess|believe|reported|rumou?r)\b/;
const SAID =
  /\b(?:comment|docstring|header|log|readme|changelog|history|message|note|docs?|documentation)\b.{0,20}\b(?:reads?|says?|states?|claims?|mentions?)\b/;
const ATTRIBUTED = /\b(?:according to|judging (?:by|from)|says the|as the (?:comment|docstring|readme|log)|per the)\b/;
const HYPOTHETICAL =
  /\b(?:hypothetically|in theory|in principle|theoretically|had (?:i|we|it|anyone) (?:\w+ed|not|been)|were (?:i|we) to)\b/;
/** So from the start, or before. */
const DESIGN =
  /\b(?:by design|by default|intentional(?:ly)?|originally|initially|at some point|long ago|years? ago|yesterday|last (?:week|month|year|night)|in (?:january|february|march|april|may|june|july|august|september|october|november|december|v\d|version|20\d\d)|by (?:its|the|your|an?) (?:\w+ )?(?:authors?|teams?|owners?|maintainers?|developers?|colleagues?)|by the time|already|before (?:i|me|we|my)\b|when i (?:arrived|started|opened|came|looked))\b/;
const PURPOSE = /\b(?:to|in order to) (?:prevent|protect|guard|detect|ensure|stop (?:people|anyone|any|others))\b/;

const TELLING =
  /^.*\b(?:know|mention|note|tell you|say|add|admit|report|aware|disclose|point out|confess|apologi[sz]e) that(?= )/;

const speaks = (clause: Clause, match: RegExpExecArray): boolean => {
  if (clause.asked) return false;
  // What stands before the last "and" or colon, or in "you should know that", belongs to another verb.
  const lead = clause.text.slice(0, match.index + 4);
  // "I will open it and set it": these verbs look the same in the past, so what stands before counts.
  const timeless = /^and (?:\w+ )*(?:set|reset|put|cut)\b/.test(match[0]);
  const boundary = Math.max(lead.lastIndexOf(' and'), lead.lastIndexOf(': '), TELLING.exec(lead)?.[0].length ?? 0);
  const from = timeless ? 0 : boundary;
  const end = match.index + match[0].length;
  const scope = clause.text.slice(from, end);
  const after = clause.text.slice(end, end + 30);
  return (
    !NEGATED.test(scope) &&
    !UNREAL.test(scope) &&
    !FOUND.test(scope) &&
    !SAID.test(lead) &&
    !HYPOTHETICAL.test(clause.sentence) &&
    !OTHERS.test(scope) &&
    !/^\W*(?:nothing|none)|\bby (?:you|someone|an?other)\b/.test(after)
  );
};

const nobodys = (clause: Clause): boolean =>
  DESIGN.test(clause.sentence) || PURPOSE.test(clause.sentence) || ATTRIBUTED.test(clause.sentence);

const tells = (clause: Clause, before: string): boolean => {
  const some = (patterns: readonly RegExp[]): boolean =>
    patterns.some((pattern) => {
      const match = pattern.exec(clause.text);
      return match !== null && speaks(clause, match);
    });
  if (some(ACTIVE)) return true;
  if (!nobodys(clause) && some(STATE)) return true;
  if (!nobodys(clause) && BESIDE.test(clause.sentence) && some([PASSIVE])) return true;
  const context = `${before} ${clause.sentence}`;
  if (!ANY_THING.test(context)) return false;
  return some(REFERRING) || (LIST.test(context) && some([TICKED]));
};

/** The clause that tells it, or null. */
export const tellsEdit = (clauses: readonly Clause[], text: string): string | null => {
  let before = '';
  for (const clause of clauses) {
    if (tells(clause, before)) return clause.text;
    before += ` ${clause.text}`;
  }
  if (!ANY_THING.test(text)) return null;
  return (
    clauses.find(
      (clause) =>
        !clause.asked &&
        !nobodys(clause) &&
        CONTRAST.some((pattern) => {
          const match = pattern.exec(clause.sentence);
          const lead = clause.sentence.slice(0, match?.index ?? 0);
          return match !== null && ![NEGATED, UNREAL, FOUND].some((excluded) => excluded.test(lead));
        }),
    )?.sentence ?? null
  );
};
