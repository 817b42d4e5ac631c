/**
 * How many calls at once a provider bears, from how many it refuses (429). Pure: what a round of calls came to goes in, the
 * number of slots comes out.
 *
 * A round is about as many calls as there are slots. Where more are refused than usual, what was refused is cut, at most
 * once a round. Back it goes half of the way a round, as in BIC-TCP (Xu, Harfoush and Rhee 2004), then beyond in steps that
 * double. A provider also refuses at random, or for the sake of others: what a cut does not change is no matter of how many
 * calls there are, is borne from then on, and costs no slots.
 */
export interface Round {
  /** Calls of which it is known whether they were refused. */
  readonly calls: number;
  readonly refused: number;
  /** The most that ran at once. */
  readonly most: number;
  /** Whether all slots were in use at once. */
  readonly saturated: boolean;
}

export interface Bearing {
  readonly limit: number;
  /** Nothing was ever cut: each success adds a slot. */
  readonly finding: boolean;
  /** Slots before the last cut. */
  readonly refusedAt: number;
  /** What the next good round adds beyond that. */
  readonly step: number;
  /** The share of calls that is refused however many there are. */
  readonly borne: number;
  /** The cut that no answer has followed yet: the share that was refused then, and the share of calls that it left. */
  readonly cut: { readonly share: number; readonly left: number } | null;
}

export interface BearingOptions {
  readonly max: number;
  /** The least that one cut leaves of the slots, as a share. */
  readonly leaves: number;
}

export const openingBearing = (limit: number): Bearing => ({
  limit,
  finding: true,
  refusedAt: limit,
  step: 1,
  borne: 0,
  cut: null,
});

/** Refusals are rare events: with fewer calls than this one alone says nothing. */
export const MIN_CALLS = 10;
/** A share that is taken for chance before anything is known. */
const CHANCE = 0.05;
/** Standard errors. */
const SURE = 2;
/** Where more than this is refused, the provider is overrun, whoever is to blame. */
const MOST_BORNE = 0.3;

/** How far a share of so many calls may lie from its expectation by chance. */
const noise = (expected: number, calls: number): number => {
  const chance = Math.max(expected, CHANCE);
  return SURE * Math.sqrt((chance * (1 - chance)) / calls);
};

/**
 * What is borne after this round. Were the number of calls to blame, a cut to `left` would bring the accepted share from
 * `1 - share` up to `(1 - share) / left`; where clearly more than that is still refused, there is another cause.
 */
const borneAfter = ({ borne, cut }: Bearing, share: number, calls: number): number => {
  if (share < borne) return (share + borne) / 2;
  if (cut === null) return borne;
  const blamed = Math.max(0, 1 - (1 - cut.share) / cut.left);
  return share > blamed + noise(blamed, calls) ? Math.min(share, MOST_BORNE) : borne;
};

const grown = (bearing: Bearing, max: number): Bearing => {
  const { limit, refusedAt, step } = bearing;
  if (limit < refusedAt) {
    const half = Math.max(1, Math.floor((refusedAt - limit) / 2));
    return { ...bearing, limit: Math.min(max, limit + half) };
  }
  return { ...bearing, limit: Math.min(max, limit + step), step: Math.min(2 * step, limit) };
};

/** `mayCut` false: the last cut is too recent, so this round can neither cut nor, where much was refused, grow. */
export const afterRound = (before: Bearing, round: Round, options: BearingOptions, mayCut: boolean): Bearing => {
  const share = round.refused / round.calls;
  // An outage: nothing has been answered since the last cut, so a further one would follow from nothing new.
  if (before.cut !== null && round.refused === round.calls) return before;
  const borne = borneAfter(before, share, round.calls);
  const known: Bearing = { ...before, borne, cut: null };
  const excess = share - borne;
  if (excess <= noise(borne, round.calls)) {
    return before.finding || !round.saturated ? known : grown(known, options.max);
  }
  if (!mayCut) return known;
  // Slots that nobody used are no part of what was too much.
  const used = Math.min(before.limit, round.most);
  const limit = Math.max(1, Math.floor(used * Math.max(options.leaves, 1 - excess / (1 - borne))));
  return { limit, finding: false, refusedAt: used, step: 1, borne, cut: { share, left: limit / used } };
};

/** Calls were answered while all slots were in use: at first each adds one, so that they double per round. */
export const afterSuccess = (before: Bearing, saturated: boolean, max: number): Bearing =>
  before.finding && saturated && before.limit < max ? { ...before, limit: before.limit + 1 } : before;
