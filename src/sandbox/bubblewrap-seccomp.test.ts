import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assemble } from './bubblewrap-bpf.ts';
import {
  ABSENT,
  type Architecture,
  AUDIT_ARCHITECTURE,
  FAMILIES,
  guestFilter,
  NEW_NAMESPACES,
  OTHER_CONVENTION,
  REFUSED,
  TERMINAL_INPUT,
} from './bubblewrap-seccomp.ts';

const ALLOWED = 0x7fff_0000;
const KILLED = 0x8000_0000;
const errno = (value: number): number => 0x0005_0000 + value;

/** The kernel's reading of a filter, for the instructions that there are. */
const verdict = (program: Buffer, audit: number, nr: number, args: readonly number[] = []): number => {
  const data = Buffer.alloc(64);
  data.writeUInt32LE(nr >>> 0, 0);
  data.writeUInt32LE(audit, 4);
  args.forEach((value, i) => {
    data.writeBigUInt64LE(BigInt(value), 16 + 8 * i);
  });
  let accumulator = 0;
  for (let at = 0; at < program.length / 8; at += 1) {
    const code = program.readUInt16LE(at * 8);
    const [yes, no] = [program.readUInt8(at * 8 + 2), program.readUInt8(at * 8 + 3)];
    const k = program.readUInt32LE(at * 8 + 4);
    if (code === 0x06) return k;
    if (code === 0x20) accumulator = data.readUInt32LE(k);
    else if (code === 0x15) at += accumulator === k ? yes : no;
    else if (code === 0x35) at += accumulator >= k ? yes : no;
    else if (code === 0x45) at += (accumulator & k) !== 0 ? yes : no;
    else throw new Error(`instruction ${code}`);
  }
  throw new Error('the program ended without a verdict');
};

describe.each(['x64', 'arm64'] as const)('the filter for %s', (architecture: Architecture) => {
  const program = guestFilter(architecture);
  const audit = AUDIT_ARCHITECTURE[architecture];
  const at = architecture === 'x64' ? 1 : 2;
  const clone = architecture === 'x64' ? 56 : 220;
  const socket = architecture === 'x64' ? 41 : 198;
  const ioctl = architecture === 'x64' ? 16 : 29;
  const listed = new Set([...REFUSED, ...ABSENT].map((call) => call[at]));

  it('is small and names no call twice', () => {
    expect(program.length / 8).toBeLessThan(100);
    const numbers = [...REFUSED, ...ABSENT].map((call) => call[at]).filter((number) => number !== null);
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it('refuses what is listed, and nothing else', () => {
    for (const call of REFUSED) if (call[at] !== null) expect(verdict(program, audit, call[at])).toBe(errno(1));
    for (const call of ABSENT) if (call[at] !== null) expect(verdict(program, audit, call[at])).toBe(errno(38));
    const numbers = fc.integer({ min: 0, max: 600 }).filter((nr) => !listed.has(nr) && ![socket, clone].includes(nr));
    fc.assert(fc.property(numbers, (nr) => verdict(program, audit, nr) === ALLOWED));
  });

  it('kills calls of another architecture', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.nat(500), (other, nr) => {
        fc.pre(other !== audit);
        return verdict(program, other, nr) === KILLED;
      }),
    );
  });

  it('lets processes be made, but no namespaces', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (flags) => {
        const asks = (BigInt(flags) & BigInt(NEW_NAMESPACES)) !== 0n;
        return verdict(program, audit, clone, [flags]) === (asks ? errno(1) : ALLOWED);
      }),
    );
    for (const flag of [0x2_0000, 0x200_0000, 0x400_0000, 0x800_0000, 0x1000_0000, 0x2000_0000, 0x4000_0000])
      expect(verdict(program, audit, clone, [flag | 17])).toBe(errno(1));
  });

  it('lets sockets of three families be opened', () => {
    for (let family = 0; family < 64; family += 1)
      expect(verdict(program, audit, socket, [family])).toBe(FAMILIES.includes(family) ? ALLOWED : errno(97));
  });

  it('lets nobody type into a terminal', () => {
    for (const request of TERMINAL_INPUT) expect(verdict(program, audit, ioctl, [0, request])).toBe(errno(1));
    // The kernel reads 32 bits of it: the upper half must make no difference.
    expect(verdict(program, audit, ioctl, [0, 0x5412 + 2 ** 40])).toBe(errno(1));
    expect(verdict(program, audit, ioctl, [0, 0x5413])).toBe(ALLOWED);
  });
});

it('knows no call by the other convention of x86-64', () => {
  fc.assert(
    fc.property(
      fc.nat(600),
      (nr) => verdict(guestFilter('x64'), AUDIT_ARCHITECTURE.x64, OTHER_CONVENTION + nr) === errno(38),
    ),
  );
});

it('refuses jumps that cannot be written', () => {
  expect(() => assemble([{ op: 'jump-equal', value: 0, to: 'nowhere' }])).toThrow(/nowhere/);
  const far = Array.from({ length: 300 }, () => ({ op: 'return', value: 0 }) as const);
  expect(() =>
    assemble([{ op: 'jump-equal', value: 0, to: 'end' }, ...far, { op: 'label', name: 'end' }, ...far]),
  ).toThrow(/end/);
});
