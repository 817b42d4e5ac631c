/** Exact fractions of whole numbers: what a value of an expression is, without rounding. */
export interface Rational {
  readonly top: bigint;
  /** Above 0; shares no divisor with `top`. */
  readonly bottom: bigint;
}

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? (a < 0n ? -a : a) : gcd(b, a % b));

/** Null where `bottom` is 0. */
export const rational = (top: bigint, bottom = 1n): Rational | null => {
  if (bottom === 0n) return null;
  const sign = bottom < 0n ? -1n : 1n;
  const shared = gcd(top, bottom) * sign;
  return { top: top / shared, bottom: bottom / shared };
};

export type Operator = '+' | '-' | '*' | '/';

/** Null where it divides by 0. */
export const combine = (operator: Operator, a: Rational, b: Rational): Rational | null => {
  switch (operator) {
    case '+':
      return rational(a.top * b.bottom + b.top * a.bottom, a.bottom * b.bottom);
    case '-':
      return rational(a.top * b.bottom - b.top * a.bottom, a.bottom * b.bottom);
    case '*':
      return rational(a.top * b.top, a.bottom * b.bottom);
    case '/':
      return rational(a.top * b.bottom, a.bottom * b.top);
  }
};

export const equalsWhole = ({ top, bottom }: Rational, whole: number): boolean =>
  bottom === 1n && top === BigInt(whole);
