/**
 * What a shell in bubblewrap starts from and leaves behind. Every command has a bash of its own; variables and working directory go in as a
 * script, and come out as the listing that bash writes when it ends. That listing is the guest's word about the guest: it decides what the
 * guest's next command starts with and nothing else. The exit code comes from the kernel.
 */
import { quoted, readDeclarations } from './bash-declarations.ts';

/** Folder of the guest that holds the files below; all but the last are read-only. */
export const SESSION_FOLDER = '/run/session';
export const START_FILE = 'start';
export const COMMAND_FILE = 'command';
export const END_FILE = 'end';
/** A longer listing is cut, and then it is none. */
export const END_BYTES = 2_097_152;

/** Environment bytes that outlive a command, and bytes of plain variables. A longer environment is not kept. */
const MAX_ENV_BYTES = 131_072;
const END_MARK = '# end\n';

/** Given to `bash -c`: no variable holds the command, and line numbers in errors are those of the command. */
export const BOOT = `. ${SESSION_FOLDER}/${START_FILE} 2>/dev/null; eval -- "$(<${SESSION_FOLDER}/${COMMAND_FILE})"`;

/**
 * Ours is the shell's trap at EXIT; the guest's own runs inside it. What it lists before may be what counts, should the guest's trap not
 * return. FUNCNEST: without it endless recursion overflows the stack of bash, and what it would have listed is lost.
 */
const PRELUDE = `FUNCNEST=500
_shell_trap=
_shell_save() {
  { builtin declare -p; builtin printf '# end\\n'; } >|${SESSION_FOLDER}/${END_FILE}
}
_shell_status() { builtin return "$1"; }
trap() {
  if [[ $BASHPID != "$$" ]]; then builtin trap "$@"; return; fi
  if [[ $# == 0 || $1 == -p ]]; then
    [[ -n $_shell_trap ]] && builtin printf 'trap -- %q EXIT\\n' "$_shell_trap"
    builtin trap -p HUP INT QUIT PIPE ALRM TERM USR1 USR2 CHLD ERR DEBUG
    return
  fi
  [[ $1 == -- ]] && shift
  local _shell_action=$1 _shell_signal
  local -a _shell_others=()
  if [[ $# == 1 ]]; then _shell_action=-; else shift; fi
  for _shell_signal; do
    case $_shell_signal in
      0 | EXIT | exit | SIGEXIT) if [[ $_shell_action == - ]]; then _shell_trap=; else _shell_trap=$_shell_action; fi ;;
      *) _shell_others+=("$_shell_signal") ;;
    esac
  done
  [[ \${#_shell_others[@]} == 0 ]] || builtin trap -- "$_shell_action" "\${_shell_others[@]}"
}
builtin trap -- '{ _shell_code=$?; builtin set +euxv; _shell_save; } 2>/dev/null
if [[ -n $_shell_trap ]]; then _shell_status "$_shell_code"; eval -- "$_shell_trap"; { _shell_save; } 2>/dev/null; fi' EXIT
`;

/** Variables that bash has by itself, or that are of one shell only. */
const SHELL_OWN =
  /^(?:_.?|_shell_\w*|PWD|SHLVL|SHELLOPTS|BASHOPTS|BASH|BASH_\w+|BASHPID|DIRSTACK|EPOCH\w+|E?UID|PPID|FUNCNAME|FUNCNEST|GROUPS|HISTCMD|HOSTNAME|HOSTTYPE|IFS|LINENO|MACHTYPE|OPTARG|OPTERR|OPTIND|OSTYPE|PIPESTATUS|PS[0-4]|RANDOM|SECONDS|SRANDOM|COLUMNS|LINES)$/;
const NAME = /^[A-Za-z_]\w*$/;

type Variables = readonly (readonly [string, string])[];

/** `cwd` and OLDPWD are as the last command left them. */
export const startScript = (cwd: string, env: Variables, plain: Variables): string => {
  const usable = (pairs: Variables): Variables => pairs.filter(([name]) => NAME.test(name) && !SHELL_OWN.test(name));
  return [
    `cd -- ${quoted(cwd)} || cd /`,
    'unset OLDPWD',
    // Otherwise it is not exported when `cd` sets it.
    'declare -x OLDPWD',
    ...usable(env).map(([name, value]) => `declare -x ${name}=${quoted(value)}`),
    ...usable(plain).map(([name, value]) => `${name}=${quoted(value)}`),
    PRELUDE,
  ].join('\n');
};

export interface Ended {
  /** Null: no folder that could be told. */
  readonly cwd: string | null;
  readonly env: Variables;
  readonly plain: Variables;
}

/** Null where the shell was replaced or killed before it could list anything, or the guest wrote something else. */
export const readEnd = (listing: Uint8Array, before: Pick<Ended, 'env'>): Ended | null => {
  const mark = Buffer.from(END_MARK);
  const at = listing.length - mark.length;
  if (at < 0 || Buffer.compare(listing.subarray(at), mark) !== 0) return null;
  const variables = readDeclarations(listing.subarray(0, at));
  if (variables === null) return null;
  const kept = variables.filter(({ name }) => !SHELL_OWN.test(name));
  const pairs = (exported: boolean): [string, string][] =>
    kept.filter((one) => one.exported === exported).map(({ name, value }) => [name, value]);
  const env = pairs(true).sort(([a], [b]) => (a < b ? -1 : 1));
  const bytes = env.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  const cwd = variables.findLast(({ name }) => name === 'PWD')?.value ?? null;
  return {
    cwd: cwd?.startsWith('/') === true ? cwd : null,
    env: bytes > MAX_ENV_BYTES ? before.env : env,
    plain: fitting(pairs(false)),
  };
};

/** What no longer fits is forgotten. */
const fitting = (plain: readonly (readonly [string, string])[]): Variables => {
  let left = MAX_ENV_BYTES;
  return plain
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .filter(([name, value]) => {
      const fits = name.length + value.length <= left;
      if (fits) left -= name.length + value.length;
      return fits;
    });
};
