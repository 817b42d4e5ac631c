/**
 * A sandbox that root starts must not run as root: in a user namespace it would have no privileges, and yet the kernel's settings under
 * /proc/sys and the modes of devices go by the user id alone: the one outside, whatever it is called inside. So the user is `nobody` there,
 * who cannot enter folders that are root's own. What lies below one (/root/.pyenv) is mounted where nobody can go, in a mount namespace that
 * only the sandbox sees. What is closed itself (a folder that `mkdtemp` made, a home) is copied there, but for hidden files and node_modules.
 */
import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Launch } from './enclosure.ts';
import { isWithin } from './paths.ts';

const NOBODY = 65_534;
const OTHERS_ENTER = 0o001;
const OTHERS_READ = 0o004;
const OTHERS_READ_AND_ENTER = 0o005;
/** Empty folders that every system has; the first that hides none of the paths is mounted over. */
const MOUNT_POINTS = ['/mnt', '/media', '/srv', '/opt'];

const COPY_BYTES = '1g';
/** Arguments: where to mount, how many paths, then `mount` or `copy` and the path for each, then the command. */
const SCRIPT = `set -eu
at=$1; n=$2; shift 2
mount -t tmpfs -o size=${COPY_BYTES},mode=755 tmpfs "$at"
i=0
while [ "$i" -lt "$n" ]; do
  how=$1; from=$2; to=$at/$i; shift 2
  if [ "$how" = copy ] && [ -d "$from" ]; then
    mkdir "$to"
    for entry in "$from"/*; do
      case $entry in */node_modules) continue ;; esac
      if [ -e "$entry" ]; then cp -R -- "$entry" "$to/"; fi
    done
    chmod -R a+rX "$to"
  elif [ "$how" = copy ]; then
    cp -- "$from" "$to"
    chmod a+rX "$to"
  else
    if [ -d "$from" ]; then mkdir "$to"; else : > "$to"; fi
    mount --bind "$from" "$to"
  fi
  i=$((i + 1))
done
exec setpriv --reuid=${NOBODY} --regid=${NOBODY} --clear-groups --inh-caps=-all -- "$@"
`;

const has = (path: string, bits: number): boolean => (statSync(path).mode & bits) === bits;

/** Whether its own mode lets others read it, and enter it where it is a folder. */
const readableByOthers = (path: string): boolean =>
  has(path, statSync(path).isDirectory() ? OTHERS_READ_AND_ENTER : OTHERS_READ);

/** Whether a user who is nobody special can read it: it is open to others, and so is the way to it. */
export const openToOthers = (path: string): boolean => {
  if (!existsSync(path) || !readableByOthers(path)) return false;
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (!has(folder, OTHERS_ENTER)) return false;
    if (folder === dirname(folder)) return true;
  }
};

/** `argumentsWith` is told where each of `reads` is found. */
export const asOrdinaryUser = (
  bwrap: string,
  argumentsWith: (sourceOf: (read: string) => string) => readonly string[],
  reads: readonly string[],
): Launch => {
  const launch = { cwd: '/', env: {}, user: null, enclosed: true } as const;
  if (process.getuid?.() !== 0) return { ...launch, file: bwrap, args: argumentsWith((read) => read) };
  const closed = reads.filter((read) => existsSync(read) && !openToOthers(read));
  if (closed.length === 0) {
    return { ...launch, file: bwrap, args: argumentsWith((read) => read), user: { uid: NOBODY, gid: NOBODY } };
  }
  const at = MOUNT_POINTS.find((point) => existsSync(point) && !reads.some((read) => isWithin(read, point))) ?? '/mnt';
  const sourceOf = (read: string): string => {
    const index = closed.indexOf(read);
    return index < 0 ? read : `${at}/${index}`;
  };
  return {
    ...launch,
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' },
    file: 'unshare',
    args: [
      ...['--mount', '--propagation', 'private', '--', '/bin/sh', '-c', SCRIPT, 'sh', at, String(closed.length)],
      ...closed.flatMap((read) => [readableByOthers(read) ? 'mount' : 'copy', read]),
      bwrap,
      ...argumentsWith(sourceOf),
    ],
  };
};
