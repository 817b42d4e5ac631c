import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cpuTimer } from './cpu-time.contract.ts';
import { redactor } from './redact.ts';

const canary = 'cänary "value"/0123+456';
const redact = redactor([
  { name: 'KEY', value: canary },
  { name: 'SHORT', value: 'abc' },
]);

describe('a known secret', () => {
  it('is replaced wherever it stands, by its name', () => {
    expect(redact.text(`a${canary}b${canary}`)).toBe('a[redacted:KEY]b[redacted:KEY]');
  });

  it('is found in the forms in which it leaks', () => {
    expect(redact.text(`?key=${encodeURIComponent(canary)}&x`)).toBe('?key=[redacted:KEY]&x');
    const lower = encodeURIComponent(canary).replaceAll(/%../g, (code) => code.toLowerCase());
    expect(redact.text(lower)).toBe('[redacted:KEY]');
    expect(redact.text(JSON.stringify({ a: canary }))).toBe('{"a":"[redacted:KEY]"}');
    expect(redact.text(Buffer.from(canary).toString('base64'))).toBe('[redacted:KEY]');
    expect(redact.text(Buffer.from(canary).toString('base64url'))).toContain('[redacted:KEY]');
    for (const user of ['', 'u', 'us', 'use', 'user']) {
      const basic = Buffer.from(`${user}:${canary}:rest`).toString('base64');
      expect(redact.text(`Basic ${basic}`)).toContain('[redacted:KEY]');
    }
  });

  it('is not looked for where it is too short to be told from chance', () => {
    expect(redact.text('abc')).toBe('abc');
  });

  it('is found in values and keys at any depth, and nothing else changes', () => {
    const value = JSON.parse('{"__proto__": {"x": ["@", 1, null, true]}, "@": "fine"}', (_, inner: unknown) =>
      inner === '@' ? canary : inner,
    ) as Record<string, unknown>;
    const clean = redact.json({ [canary]: 1, '[redacted:KEY]': 2, deep: value });
    expect(Object.entries(clean).slice(0, 2)).toEqual([
      ['[redacted:KEY]', 1],
      ['[redacted:KEY]#2', 2],
    ]);
    expect(JSON.stringify(clean.deep)).toBe('{"__proto__":{"x":["[redacted:KEY]",1,null,true]},"@":"fine"}');
    expect(Object.getPrototypeOf(clean.deep)).toBe(Object.prototype);
  });

  it('is looked for without copying what holds none', () => {
    const value = { a: ['fine', 1, null], b: { c: true } };
    expect(redact.json(value)).toBe(value);
    const dirty = { a: ['fine', canary], b: value };
    expect(redact.json(dirty)).toEqual({ a: ['fine', '[redacted:KEY]'], b: value });
    expect(dirty.a[1]).toBe(canary);
  });

  it('is hidden also where its name or the mask would show it', () => {
    for (const value of ['redacted', '[redacted:A]', '[*][*][*]']) {
      const hidden = redactor([{ name: value, value }]).text(`${value}${value}${value}${value}`);
      expect(hidden).not.toContain(value);
    }
    const nested = redactor([
      { name: 'A', value: 'abcdefgh' },
      { name: 'B', value: 'x[redacted:A]y' },
    ]);
    expect(nested.text('xabcdefghy')).toBe('[redacted:B]');
  });
});

describe('a key of a well-known shape', () => {
  it.each([
    ['sk-ant-api03-AAAAbbbb1234-_xyz', 'anthropic-key'],
    ['sk-proj-abcDEF0123456789abcDEF', 'openai-key'],
    ['AIzaSyA1234567890abcdefghijklmnopqrstuv', 'google-key'],
    ['hf_abcdefghijABCDEFGHIJ0123456789abcd', 'huggingface-token'],
    ['ghp_abcdefghijABCDEFGHIJ0123456789abcdef', 'github-token'],
    ['github_pat_11ABCDEFG0abcdefghij_klm', 'github-token'],
    ['AKIAIOSFODNN7EXAMPLE', 'aws-key'],
    ['gsk_abcdefghijABCDEFGHIJ0123456789', 'groq-key'],
  ])('%s is replaced', (key, name) => {
    expect(redact.text(`x="${key}".`)).toBe(`x="[redacted:${name}]".`);
  });

  it('stands behind Bearer', () => {
    expect(redact.text('authorization: bearer eyJhbGciOi.J9_-=')).toBe('authorization: bearer [redacted:bearer-token]');
    expect(redact.text('Bearer abcdefghijklmnopqrstuvwxyz')).toBe('Bearer [redacted:bearer-token]');
  });

  it.each([
    'a risk-assessment-of-something-long',
    'sk-learn-is-a-library-for-python',
    'the bearer instruments are here',
    'task-0123456789abcdef0123456789',
    'disk-usage-0123456789-0123456789',
  ])('is not seen in %j', (text) => {
    expect(redact.text(text)).toBe(text);
  });

  it.each(['sk-', 'sk-ant-', 'Bearer ', 'bearer\t', 'ghp_', 'hf_', 'AIza', '%41'])(
    'is looked for in linear time in %j',
    (piece) => {
      const took = cpuTimer();
      redact.text(piece.repeat(200_000));
      expect(took()).toBeLessThan(2_000);
    },
  );
});

it('lets no secret survive, in any form, in any text', () => {
  const secret = fc.oneof(
    fc.string({ minLength: 8, maxLength: 40, unit: 'grapheme' }),
    fc.string({ minLength: 8, maxLength: 40, unit: 'binary' }),
    fc.string({ minLength: 8, maxLength: 12, unit: fc.constantFrom('a', 'b', '[', ']', '*') }),
  );
  fc.assert(
    fc.property(
      fc.array(fc.record({ name: fc.string({ maxLength: 10 }), value: secret }), { minLength: 1, maxLength: 4 }),
      fc.array(fc.oneof(fc.nat({ max: 11 }), fc.string({ maxLength: 5 })), { maxLength: 8 }),
      (secrets, plan) => {
        const forms = secrets.flatMap(({ value }) => [
          value,
          Buffer.from(value).toString('base64'),
          value.isWellFormed() ? encodeURIComponent(value) : value,
        ]);
        const text = plan
          .map((piece) => (typeof piece === 'string' ? piece : (forms[piece % forms.length] ?? '')))
          .join('');
        const clean = redactor(secrets);
        const json = JSON.stringify(clean.json({ [text]: [text] }));
        for (const form of forms) {
          expect(clean.text(text)).not.toContain(form);
          expect(json).not.toContain(JSON.stringify(form).slice(1, -1));
        }
      },
    ),
    { numRuns: 500 },
  );
});
