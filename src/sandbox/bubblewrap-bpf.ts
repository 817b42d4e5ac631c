/**
 * An assembler for classic BPF, as seccomp reads it: a list of 8-byte instructions that look at one system call and end in a verdict.
 * Only what a filter of ours needs. Source: Linux, Documentation/userspace-api/seccomp_filter.rst and include/uapi/linux/bpf_common.h.
 */

/** Jumps name a label further down. Where its condition does not hold, a jump goes on with the next instruction. */
export type Step =
  | { readonly op: 'load'; readonly offset: number }
  | { readonly op: 'jump-equal' | 'jump-at-least' | 'jump-any-bit'; readonly value: number; readonly to: string }
  | { readonly op: 'return'; readonly value: number }
  | { readonly op: 'label'; readonly name: string };

/** struct seccomp_data. Arguments are 64 bits wide, in the byte order of the machine; both of ours are little-endian. */
export const NUMBER_OFFSET = 0;
export const ARCHITECTURE_OFFSET = 4;
export const lowHalfOfArgument = (index: number): number => 16 + 8 * index;

export const ALLOW = 0x7fff_0000;
export const KILL_PROCESS = 0x8000_0000;
/** The call is not made, and fails with this error number. */
export const failWith = (errno: number): number => 0x0005_0000 + errno;

const CODES = {
  load: 0x20,
  'jump-equal': 0x15,
  'jump-at-least': 0x35,
  'jump-any-bit': 0x45,
  return: 0x06,
} as const;
const INSTRUCTION_BYTES = 8;
const FARTHEST_JUMP = 255;

export const assemble = (steps: readonly Step[]): Buffer => {
  const labels = new Map<string, number>();
  const instructions: Exclude<Step, { op: 'label' }>[] = [];
  for (const step of steps) {
    if (step.op === 'label') labels.set(step.name, instructions.length);
    else instructions.push(step);
  }
  const out = Buffer.alloc(instructions.length * INSTRUCTION_BYTES);
  instructions.forEach((step, at) => {
    const start = at * INSTRUCTION_BYTES;
    out.writeUInt16LE(CODES[step.op], start);
    if ('to' in step) out.writeUInt8(distance(labels, step.to, at), start + 2);
    out.writeUInt32LE(step.op === 'load' ? step.offset : step.value, start + 4);
  });
  return out;
};

const distance = (labels: ReadonlyMap<string, number>, to: string, at: number): number => {
  const steps = (labels.get(to) ?? -1) - at - 1;
  if (steps < 0 || steps > FARTHEST_JUMP) throw new RangeError(`no jump from instruction ${at} to ${to}`);
  return steps;
};
