/**
 * What a guest may not ask of the kernel, although namespaces would let it: to look into other processes, to open new namespaces and mounts,
 * to reach parts of the kernel where most escapes were found (BPF, io_uring, keys, userfaultfd), memory that no limit counts (memfd, System V),
 * and sockets that a network namespace does not hold back (vsock leads out of a virtual machine).
 */
import {
  ALLOW,
  ARCHITECTURE_OFFSET,
  assemble,
  failWith,
  KILL_PROCESS,
  lowHalfOfArgument,
  NUMBER_OFFSET,
  type Step,
} from './bubblewrap-bpf.ts';

const EPERM = 1;
const ENOSYS = 38;
const EAFNOSUPPORT = 97;

/** Numbers on x86-64 and arm64. Null: no such call there. From the kernel's unistd_64.h and asm-generic/unistd.h. */
type Call = readonly [name: string, x64: number, arm64: number | null];

/** Refused: EPERM. */
export const REFUSED: readonly Call[] = [
  ['ptrace', 101, 117],
  ['process_vm_readv', 310, 270],
  ['process_vm_writev', 311, 271],
  ['process_madvise', 440, 440],
  ['kcmp', 312, 272],
  ['pidfd_getfd', 438, 438],
  ['keyctl', 250, 219],
  ['add_key', 248, 217],
  ['request_key', 249, 218],
  ['bpf', 321, 280],
  ['perf_event_open', 298, 241],
  ['userfaultfd', 323, 282],
  ['kexec_load', 246, 104],
  ['kexec_file_load', 320, 294],
  ['mount', 165, 40],
  ['umount2', 166, 39],
  ['pivot_root', 155, 41],
  ['chroot', 161, 51],
  ['move_mount', 429, 429],
  ['open_tree', 428, 428],
  ['fsopen', 430, 430],
  ['fsconfig', 431, 431],
  ['fsmount', 432, 432],
  ['fspick', 433, 433],
  ['mount_setattr', 442, 442],
  ['unshare', 272, 97],
  ['setns', 308, 268],
  ['init_module', 175, 105],
  ['finit_module', 313, 273],
  ['delete_module', 176, 106],
  ['swapon', 167, 224],
  ['swapoff', 168, 225],
  ['reboot', 169, 142],
  ['quotactl', 179, 60],
  ['quotactl_fd', 443, 443],
  ['name_to_handle_at', 303, 264],
  ['open_by_handle_at', 304, 265],
  ['acct', 163, 89],
  ['settimeofday', 164, 170],
  ['clock_settime', 227, 112],
  ['syslog', 103, 116],
  ['vhangup', 153, 58],
  ['iopl', 172, null],
  ['ioperm', 173, null],
  ['modify_ldt', 154, null],
  ['fanotify_init', 300, 262],
];

/** As on a kernel without them: ENOSYS, on which programs fall back to something else. */
export const ABSENT: readonly Call[] = [
  // Its arguments lie in memory, where no filter can see which namespaces it asks for.
  ['clone3', 435, 435],
  ['io_uring_setup', 425, 425],
  ['io_uring_enter', 426, 426],
  ['io_uring_register', 427, 427],
  ['memfd_create', 319, 279],
  ['memfd_secret', 447, 447],
  ['shmget', 29, 194],
];

const CLONE: Call = ['clone', 56, 220];
const SOCKET: Call = ['socket', 41, 198];
const IOCTL: Call = ['ioctl', 16, 29];

/** CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET. */
export const NEW_NAMESPACES = 0x7e02_0000;
/** AF_UNIX, AF_INET, AF_INET6. */
export const FAMILIES: readonly number[] = [1, 2, 10];
/** TIOCSTI and TIOCLINUX: typing into a terminal of somebody else. */
export const TERMINAL_INPUT: readonly number[] = [0x5412, 0x541c];
/** On x86-64, calls by another convention have this bit: a second door to every call. */
export const OTHER_CONVENTION = 0x4000_0000;

export type Architecture = 'x64' | 'arm64';
/** AUDIT_ARCH_X86_64 and AUDIT_ARCH_AARCH64. */
export const AUDIT_ARCHITECTURE: Readonly<Record<Architecture, number>> = { x64: 0xc000_003e, arm64: 0xc000_00b7 };

export const architectureOf = (name: string): Architecture | null => (name === 'x64' || name === 'arm64' ? name : null);

const numberOf = ([, x64, arm64]: Call, architecture: Architecture): number | null =>
  architecture === 'x64' ? x64 : arm64;

/** The program for `bwrap --seccomp`. */
export const guestFilter = (architecture: Architecture): Buffer => {
  const on = (calls: readonly Call[], to: string): Step[] =>
    calls.flatMap((call) => {
      const value = numberOf(call, architecture);
      return value === null ? [] : [{ op: 'jump-equal', value, to }];
    });
  const argument = (index: number): Step => ({ op: 'load', offset: lowHalfOfArgument(index) });
  const verdict = (name: string, value: number): Step[] => [
    { op: 'label', name },
    { op: 'return', value },
  ];
  return assemble([
    { op: 'load', offset: ARCHITECTURE_OFFSET },
    { op: 'jump-equal', value: AUDIT_ARCHITECTURE[architecture], to: 'ours' },
    { op: 'return', value: KILL_PROCESS },
    { op: 'label', name: 'ours' },
    { op: 'load', offset: NUMBER_OFFSET },
    ...(architecture === 'x64' ? [{ op: 'jump-at-least', value: OTHER_CONVENTION, to: 'absent' } as const] : []),
    ...on(REFUSED, 'refused'),
    ...on(ABSENT, 'absent'),
    ...on([CLONE], 'clone'),
    ...on([SOCKET], 'socket'),
    ...on([IOCTL], 'ioctl'),
    { op: 'return', value: ALLOW },
    { op: 'label', name: 'clone' },
    argument(0),
    { op: 'jump-any-bit', value: NEW_NAMESPACES, to: 'refused' },
    { op: 'return', value: ALLOW },
    { op: 'label', name: 'socket' },
    argument(0),
    ...FAMILIES.map((value): Step => ({ op: 'jump-equal', value, to: 'allowed' })),
    { op: 'return', value: failWith(EAFNOSUPPORT) },
    { op: 'label', name: 'ioctl' },
    argument(1),
    ...TERMINAL_INPUT.map((value): Step => ({ op: 'jump-equal', value, to: 'refused' })),
    ...verdict('allowed', ALLOW),
    ...verdict('refused', failWith(EPERM)),
    ...verdict('absent', failWith(ENOSYS)),
  ]);
};
